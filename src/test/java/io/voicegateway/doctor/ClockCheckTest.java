package io.voicegateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.doctor.Diagnosis.Level;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far two clocks may be apart. */
class ClockCheckTest {

  private static final Instant LIVEKIT = Instant.parse("2026-11-25T10:00:00Z");

  @ParameterizedTest(name = "{0} s: {1}")
  @CsvSource({
    "4, OK, LiveKit's and ours agree",
    "20, WARNING, this machine's is 20 s ahead of LiveKit's: webhooks are refused beyond 5 s",
    "-60, WARNING, this machine's is 1 min 0 s behind LiveKit's: webhooks are refused beyond 5 s",
    "-61, PROBLEM, this machine's is 1 min 1 s behind LiveKit's: tokens and webhooks are refused",
    "301, PROBLEM, 'this machine''s is 5 min 1 s ahead of LiveKit''s: tokens and webhooks are refused, and Jambonz''s hooks where its clock is LiveKit''s'",
    "7500, PROBLEM, 'this machine''s is 2 h 5 min ahead of LiveKit''s: tokens and webhooks are refused, and Jambonz''s hooks where its clock is LiveKit''s'",
  })
  void theLineSaysWhichIsAheadAndWhatIsRefused(long seconds, Level level, String words) {
    Diagnosis found = ClockCheck.of(LIVEKIT, LIVEKIT.plusSeconds(seconds), false);

    assertThat(found.level()).isEqualTo(level);
    assertThat(found.words()).isEqualTo(words);
  }

  @Test
  void theAdviceNamesTheClockToLookAt() {
    Instant ours = LIVEKIT.plusSeconds(100);

    assertThat(ClockCheck.of(LIVEKIT, ours, true).advice())
        .startsWith("Look at this machine's clock, for LiveKit Cloud's is right");
    assertThat(ClockCheck.of(LIVEKIT, ours, false).advice())
        .startsWith("Look at this machine's clock first, then at that of LiveKit's server");
  }
}
