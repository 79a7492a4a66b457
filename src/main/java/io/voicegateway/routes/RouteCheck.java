package io.voicegateway.routes;

import java.util.Optional;
import org.apache.camel.CamelContext;

/** Something that must be true of routes before they may take a call. */
@FunctionalInterface
public interface RouteCheck {

  /**
   * What is wrong with them, a sentence.
   *
   * @param routes loaded, not started
   */
  Optional<String> problem(CamelContext routes);
}
