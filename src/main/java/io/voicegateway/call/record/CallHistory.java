package io.voicegateway.call.record;

import java.time.Instant;
import java.util.Collection;

/** Knows what other gateways heard of a call; as it is here, that there are none. */
@FunctionalInterface
public interface CallHistory {

  /**
   * Whether an event was written down; false when that cannot be told within moments, because a
   * caller waits.
   *
   * @param key the event's {@link CallEvent#key()}
   */
  boolean heardOf(String callSid, String key, Instant since);

  /** Whether other gateways may write into the same record. */
  default boolean isShared() {
    return false;
  }

  /** Whether it is certain that no other gateway heard of any of these events. */
  default boolean isUnheardOf(String callSid, Collection<String> keys) {
    return true;
  }
}
