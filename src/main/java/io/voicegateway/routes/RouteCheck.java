package io.voicegateway.routes;

import io.voicegateway.call.NumberPlan;
import java.util.Optional;
import org.apache.camel.CamelContext;

/** Something that must be true of routes before they may take a call. */
@FunctionalInterface
public interface RouteCheck {

  /**
   * What is wrong with them, a sentence.
   *
   * @param routes loaded, perhaps not started
   * @param plan the number plan whose calls they take
   */
  Optional<String> problem(CamelContext routes, NumberPlan plan);
}
