package io.voicegateway.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.call.record.CallEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What another gateway wrote is known here, unless it takes too long or is too old. */
class SharedHistoryTest {

  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

  private final String url = "jdbc:h2:mem:" + UUID.randomUUID();

  @Test
  void anEventOfTheLastMomentsIsKnown() {
    try (Recorder elsewhere = new Recorder(url, 10).awake()) {
      SharedHistory here = history(elsewhere, url);
      elsewhere.tell(List.of(new CallEvent.LeftAlone("a", NOW)));
      elsewhere.written();

      assertThat(here.heardOf("a", CallEvent.LeftAlone.KEY, NOW.minusSeconds(60))).isTrue();
      assertThat(here.heardOf("a", CallEvent.LeftAlone.KEY, NOW.plusSeconds(1))).isFalse();
      assertThat(here.heardOf("b", CallEvent.LeftAlone.KEY, NOW.minusSeconds(60))).isFalse();
      assertThat(here.heardOf("a", "hung-up", NOW.minusSeconds(60))).isFalse();
    }
  }

  @Test
  void aGatewayWithAFileOfItsOwnDoesNotAsk() {
    try (Recorder recorder = new Recorder(url, 10).awake()) {
      recorder.tell(List.of(new CallEvent.LeftAlone("a", NOW)));
      recorder.written();

      assertThat(history(recorder, "").heardOf("a", CallEvent.LeftAlone.KEY, NOW.minusSeconds(60)))
          .isFalse();
    }
  }

  private static SharedHistory history(Recorder recorder, String url) {
    return new SharedHistory(
        recorder.database,
        new RecordSettings(
            url,
            Path.of("target", "unused"),
            10,
            Duration.ofDays(30),
            Duration.ofHours(4),
            Duration.ofHours(1)));
  }
}
