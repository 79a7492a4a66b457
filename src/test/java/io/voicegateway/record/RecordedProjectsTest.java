package io.voicegateway.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.TestClock;
import io.voicegateway.call.record.CallEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Where a call is that one gateway registered and another one may have moved. */
class RecordedProjectsTest {

  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

  private final String sid = UUID.randomUUID().toString();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

  @Test
  void whatAnotherGatewayWroteCountsUnlessThisOneHeardOfTheCallAMomentAgo() {
    try (Recorder elsewhere = new Recorder("jdbc:h2:mem:" + UUID.randomUUID(), 10).awake()) {
      RecordedProjects here = new RecordedProjects(elsewhere.database, new TestClock(now));
      here.hear(new CallEvent.Registered(sid, NOW, 20, "a"));
      elsewhere.tell(
          List.of(
              Events.received(sid, NOW),
              new CallEvent.Registered(sid, NOW.plusSeconds(1), 20, "b")));
      elsewhere.written();

      assertThat(here.projectOf(sid)).contains("a");
      now.set(NOW.plusSeconds(11));
      assertThat(here.projectOf(sid)).contains("b");
    }
  }

  @Test
  void whatThisGatewayHeardLongAgoCountsWhereNothingIsWritten() {
    try (Recorder elsewhere = new Recorder("jdbc:h2:mem:" + UUID.randomUUID(), 10).awake()) {
      RecordedProjects here = new RecordedProjects(elsewhere.database, new TestClock(now));
      here.hear(new CallEvent.Registered(sid, NOW, 20, "a"));
      now.set(NOW.plusSeconds(60));

      assertThat(here.projectOf(sid)).contains("a");
      assertThat(here.projectOf("another")).isEmpty();
    }
  }
}
