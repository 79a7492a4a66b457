package io.voicegateway.routes;

import java.util.Optional;

/** Plays calls through edited routes before any caller meets them. */
public interface RouteTrial {

  /**
   * What was wrong with an answer.
   *
   * @param step id of the step that failed, empty when none did
   */
  record Failure(String step, String problem) {}

  /**
   * Plays the calls; neither LiveKit nor Jambonz is touched.
   *
   * @param edited the edited routes
   * @return nothing when Jambonz would have run every answer
   */
  Optional<Failure> failure(RouteFiles edited);

  /**
   * An edit comes: what takes time can begin now.
   *
   * @param served the routes that are served
   */
  void prepare(RouteFiles served);
}
