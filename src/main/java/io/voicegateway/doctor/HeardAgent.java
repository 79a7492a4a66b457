package io.voicegateway.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** How an agent does, by what the gateway that serves heard of it. */
final class HeardAgent {

  private static final String CHECK = "agent";
  private static final String PROBE = "--probe-agent asks it to come.";

  /** After that a worker may have gone without anybody noticing. */
  private static final Duration LONG_AGO = Duration.ofHours(1);

  private HeardAgent() {}

  /** One that was not heard for long may be well, or missing: nothing is proven. */
  static Diagnosis line(String name, JsonNode doing) {
    int missing = doing.path("missing_since").asInt();
    String heard = name + " " + heard(doing);
    if (missing > 0) {
      return Diagnosis.problem(
          CHECK,
          "%s, and did not come to %s since"
              .formatted(heard, missing == 1 ? "one caller" : missing + " callers"),
          "See whether its worker runs: its agent_name must be %s, letter by letter. %s"
              .formatted(name, PROBE));
    }
    return isRecent(doing) ? Diagnosis.ok(CHECK, heard) : Diagnosis.warning(CHECK, heard, PROBE);
  }

  private static boolean isRecent(JsonNode doing) {
    return doing.has("heard_seconds_ago") && age(doing).compareTo(LONG_AGO) < 0;
  }

  private static String heard(JsonNode doing) {
    return doing.has("heard_seconds_ago")
        ? "was last heard %s ago".formatted(words(age(doing)))
        : "was not heard since the gateway started";
  }

  private static Duration age(JsonNode doing) {
    return Duration.ofSeconds(doing.path("heard_seconds_ago").asLong());
  }

  private static String words(Duration age) {
    if (age.toMinutes() == 0) {
      return age.toSeconds() + " s";
    }
    return age.toHours() == 0
        ? age.toMinutes() + " min"
        : "%d h %d min".formatted(age.toHours(), age.toMinutesPart());
  }
}
