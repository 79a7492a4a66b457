package io.voicegateway.call.record;

import java.util.Optional;

/** Knows in whose LiveKit calls are. */
@FunctionalInterface
public interface CallProjects {

  /** The name of the project in which the call was last; empty when that is not known. */
  Optional<String> projectOf(String callSid);
}
