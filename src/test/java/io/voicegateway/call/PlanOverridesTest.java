package io.voicegateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanOverridesTest {

  private static final PlanEntry BASE = PlanEntry.standard("voice-agent");

  private final List<String> problems = new ArrayList<>();

  @Test
  void whatThePortalSaysWins() {
    PlanEntry entry =
        PlanOverrides.apply(
            BASE,
            Map.of(
                "agent", "sales-agent",
                "backup_agent", "front-desk",
                "fallback", "notice, decline:486",
                "country", "de",
                "caller_id", "+15550001000",
                "dial_timeout", 12),
            problems::add);

    assertThat(problems).isEmpty();
    assertThat(entry.agent()).isEqualTo("sales-agent");
    assertThat(entry.backupAgent()).isEqualTo("front-desk");
    assertThat(entry.fallback()).isEqualTo(Ladder.parse("notice, decline:486"));
    assertThat(entry.country()).isEqualTo("DE");
    assertThat(entry.callerId()).isEqualTo("+15550001000");
    assertThat(entry.dialTimeoutSeconds()).isEqualTo(12);
  }

  @Test
  void whatItSaysWronglyIsReportedAndTheRestStillCounts() {
    PlanEntry entry =
        PlanOverrides.apply(
            BASE,
            Map.of("agent", "sales-agent", "fallback", "pray", "dial_timeout", "long"),
            problems::add);

    assertThat(entry.agent()).isEqualTo("sales-agent");
    assertThat(entry.fallback()).isEqualTo(BASE.fallback());
    assertThat(entry.dialTimeoutSeconds()).isEqualTo(BASE.dialTimeoutSeconds());
    assertThat(problems).hasSize(2);
  }

  @Test
  void emptyAndUnknownFieldsSayNothing() {
    assertThat(PlanOverrides.apply(BASE, Map.of("agent", " ", "language", "en"), problems::add))
        .isEqualTo(BASE);
    assertThat(problems).isEmpty();
  }
}
