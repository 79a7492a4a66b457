package io.voicegateway.doctor;

import io.voicegateway.doctor.Diagnosis.Level;
import java.time.Duration;
import java.time.Instant;

/** Whether this machine's clock and LiveKit's agree well enough for what both sign. */
final class ClockCheck {

  private static final String CHECK = "clock";

  /** So far from the future the gateway takes LiveKit's webhooks. */
  private static final Duration WEBHOOKS = Duration.ofSeconds(5);

  /**
   * So far from the future LiveKit takes our tokens; 30 s were seen to be taken, 300 s were not.
   */
  private static final Duration TOKENS = Duration.ofSeconds(60);

  /** So old may the signature of a hook of Jambonz's be. */
  private static final Duration HOOKS = Duration.ofMinutes(5);

  private ClockCheck() {}

  /**
   * The line on both.
   *
   * @param cloud whether LiveKit's clock is known to be right
   */
  static Diagnosis of(Instant livekit, Instant ours, boolean cloud) {
    Duration skew = Duration.between(livekit, ours);
    Duration apart = skew.abs();
    if (apart.compareTo(WEBHOOKS) < 0) {
      return Diagnosis.ok(CHECK, "LiveKit's and ours agree");
    }
    return new Diagnosis(
        apart.compareTo(TOKENS) > 0 ? Level.PROBLEM : Level.WARNING,
        CHECK,
        "this machine's is %s %s LiveKit's: %s"
            .formatted(words(apart), skew.isNegative() ? "behind" : "ahead of", refused(apart)),
        advice(cloud));
  }

  private static String refused(Duration apart) {
    if (apart.compareTo(HOOKS) > 0) {
      return "tokens and webhooks are refused, and Jambonz's hooks where its clock is LiveKit's";
    }
    return apart.compareTo(TOKENS) > 0
        ? "tokens and webhooks are refused"
        : "webhooks are refused beyond 5 s";
  }

  private static String advice(boolean cloud) {
    String here = "timedatectl shows whether NTP keeps it.";
    return cloud
        ? "Look at this machine's clock, for LiveKit Cloud's is right: " + here
        : "Look at this machine's clock first, then at that of LiveKit's server: " + here;
  }

  private static String words(Duration apart) {
    if (apart.toMinutes() == 0) {
      return apart.toSeconds() + " s";
    }
    return apart.toHours() == 0
        ? "%d min %d s".formatted(apart.toMinutes(), apart.toSecondsPart())
        : "%d h %d min".formatted(apart.toHours(), apart.toMinutesPart());
  }
}
