package io.voicegateway.livekit.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.livekit.routing.Verdict.Outcome;
import java.io.IOException;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Routing decides as a running LiveKit did. */
class RecordedOutcomesTest {

  @TestFactory
  Stream<DynamicTest> routing_decides_as_livekit_did() throws IOException {
    return RecordedOutcome.all().stream()
        .map(recorded -> DynamicTest.dynamicTest(recorded.name(), () -> compare(recorded)));
  }

  @Test
  void all_seventy_one_cases_are_compared() throws IOException {
    assertThat(RecordedOutcome.all()).hasSize(71);
  }

  private static void compare(RecordedOutcome recorded) {
    Verdict verdict =
        new InboundRouting(recorded::randomSuffix)
            .route(recorded.trunks(), recorded.rules(), recorded.invite());
    if (recorded.endedOutsideRouting()) {
      compareAcceptance(recorded, verdict);
    } else {
      compareAll(recorded, verdict);
    }
    assertThat(verdict.explanation()).endsWith(".");
  }

  private static void compareAll(RecordedOutcome recorded, Verdict verdict) {
    SoftAssertions softly = new SoftAssertions();
    softly.assertThat(verdict.outcome()).isEqualTo(recorded.outcome());
    softly.assertThat(verdict.code()).isEqualTo(recorded.finalCode());
    softly.assertThat(verdict.reason()).isEqualTo(recorded.reason());
    softly.assertThat(verdict.challenged()).isEqualTo(recorded.challenged());
    softly.assertThat(verdict.rings()).isEqualTo(recorded.rang());
    softly.assertThat(verdict.trunkId()).isEqualTo(recorded.matched("trunk_id"));
    softly.assertThat(verdict.ruleId()).isEqualTo(recorded.matched("rule_id"));
    softly.assertThat(verdict.room()).isEqualTo(recorded.matched("room"));
    softly.assertAll();
  }

  private static void compareAcceptance(RecordedOutcome recorded, Verdict verdict) {
    assertThat(verdict.outcome()).isEqualTo(Outcome.ANSWERED);
    if (recorded.rang()) {
      assertThat(verdict.challenged()).isEqualTo(recorded.challenged());
      assertThat(verdict.trunkId()).isEqualTo(recorded.matched("trunk_id"));
      assertThat(verdict.ruleId()).isEqualTo(recorded.matched("rule_id"));
      assertThat(verdict.room()).isEqualTo(recorded.matched("room"));
    }
  }
}
