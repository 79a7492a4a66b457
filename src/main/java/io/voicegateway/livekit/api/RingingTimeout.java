package io.voicegateway.livekit.api;

/**
 * How long the inbound trunk lets a call ring: a little less than the longest dial of the number
 * plan, so that LiveKit gives up before Jambonz does, and says so. One trunk serves all dials; a
 * shorter one is ended by Jambonz's own timer, but none is cut short.
 */
public final class RingingTimeout {

  private static final int EARLIER = 2;

  private RingingTimeout() {}

  /**
   * Seconds, one at least.
   *
   * @param longestDial seconds that the longest dial may ring
   */
  public static int under(int longestDial) {
    return Math.max(1, longestDial - EARLIER);
  }
}
