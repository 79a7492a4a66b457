package io.voicegateway.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which of a number's callers go to the agent.
 *
 * @param hours when they do; null for always
 * @param closed what they get outside the hours; null for the number's fallback
 * @param agentShare how many of a hundred callers do
 * @param mostCalls how many calls may be under way at a time, 0 for any number
 */
public record Limits(
    @Nullable Hours hours, @Nullable Ladder closed, int agentShare, int mostCalls) {

  /** Everybody's. */
  static final int WHOLE_SHARE = 100;

  /** All callers, at all times. */
  public static final Limits NONE = new Limits(null, null, WHOLE_SHARE, 0);

  /** Those of them that hold for each number by itself where they were set for all. */
  Limits ofEach() {
    return new Limits(hours, closed, agentShare, NONE.mostCalls);
  }

  /** Whether the number is open at that moment. */
  public boolean isOpen(Instant at) {
    return hours == null || hours.isOpen(at);
  }

  /** Whether all callers are in the agent's share. */
  public boolean isForEverybody() {
    return agentShare == WHOLE_SHARE;
  }
}
