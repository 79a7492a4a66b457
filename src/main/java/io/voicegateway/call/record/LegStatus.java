package io.voicegateway.call.record;

import io.voicegateway.call.record.CallEvent.Leg;
import java.util.Set;

/** What Jambonz's names of a leg's state say. */
public final class LegStatus {

  private static final Set<String> OVER = Set.of("completed", "failed", "busy", "no-answer");
  private static final Set<String> RINGING = Set.of("ringing", "early-media");

  private LegStatus() {}

  /** Whether the leg is over, whatever became of it. */
  public static boolean isOver(String status) {
    return OVER.contains(status);
  }

  static boolean isOver(Leg leg) {
    return isOver(leg.status());
  }

  static boolean rings(Leg leg) {
    return RINGING.contains(leg.status());
  }

  static boolean isUp(Leg leg) {
    return leg.status().equals("in-progress");
  }

  /** Over, and it was up before. */
  static boolean isCompleted(Leg leg) {
    return leg.status().equals("completed");
  }

  /** Over without having been up. */
  static boolean isUnanswered(Leg leg) {
    return isOver(leg) && !isCompleted(leg);
  }
}
