package io.voicegateway.call.record;

import java.time.Instant;

/** Knows what other gateways heard of a call, for whoever answers a caller. */
@FunctionalInterface
public interface CallHistory {

  /**
   * Whether an event was written down; false when that cannot be told within moments, because a
   * caller waits.
   *
   * @param key the event's {@link CallEvent#key()}
   */
  boolean heardOf(String callSid, String key, Instant since);
}
