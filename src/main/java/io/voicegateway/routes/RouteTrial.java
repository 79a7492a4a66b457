package io.voicegateway.routes;

import java.io.IOException;
import java.nio.file.Path;
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
   * @param routes a folder with the edited routes
   * @return nothing when Jambonz would have run every answer
   */
  Optional<Failure> failure(Path routes);

  /**
   * An edit comes: what takes time can begin now.
   *
   * @param routes a folder with the routes that are served, there during this call alone
   */
  void prepare(Path routes) throws IOException;
}
