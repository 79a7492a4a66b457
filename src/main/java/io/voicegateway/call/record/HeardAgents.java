package io.voicegateway.call.record;

/** Knows in which calls an agent can be heard. */
@FunctionalInterface
public interface HeardAgents {

  /** Whether the call's agent can be heard; false also when nobody told of it. */
  boolean isHeard(String callSid);
}
