package io.voicegateway.jambonz;

/**
 * LiveKit cannot ring back to a caller: its project has no outbound trunk, or another Jambonz
 * account than the call, where nobody would meet its leg.
 */
final class NoWayBack extends RuntimeException {

  /**
   * @param project the name of the call's project
   */
  NoWayBack(String project) {
    super(
        "LiveKit cannot ring back: project %s has no outbound trunk, or its trunk leads into another Jambonz account than the call's"
            .formatted(project));
  }
}
