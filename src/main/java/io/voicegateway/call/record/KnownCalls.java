package io.voicegateway.call.record;

/** Knows which calls stand in the record. */
@FunctionalInterface
public interface KnownCalls {

  /** Whether something was heard of the call; false also when that cannot be told. */
  boolean isKnown(String callSid);
}
