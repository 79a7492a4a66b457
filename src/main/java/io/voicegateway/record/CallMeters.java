package io.voicegateway.record;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.voicegateway.call.record.CallChange;
import io.voicegateway.call.record.CallChanges;
import io.voicegateway.call.record.CallRecord;
import io.voicegateway.project.Project;
import io.voicegateway.project.Projects;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts calls: those under way, and by how they ended. No number, call or room is a label. */
@Component
final class CallMeters implements CallChanges {

  /**
   * By which it is told how many took longer: the caller waits for his registration 2 s at most.
   */
  private static final Duration[] MOMENTS = millis(10, 25, 50, 100, 250, 500, 1000, 2000);

  private static final Duration[] RINGS = millis(100, 250, 500, 1000, 2000, 5000, 10_000, 20_000);
  private static final Duration[] TALKS = millis(10_000, 60_000, 300_000, 900_000, 3_600_000);

  private final MeterRegistry meters;
  private final Database database;
  private final Projects projects;

  CallMeters(MeterRegistry meters, Database database, Projects projects) {
    this.projects = projects;
    this.meters = meters;
    this.database = database;
    Gauge.builder("gateway.calls.active", this, CallMeters::active)
        .description("calls under way, of all gateways that share the database; NaN without it")
        .register(meters);
  }

  private double active() {
    return database
        .answer(
            () ->
                database
                    .impatient()
                    .sql("select count(*) from calls where phase = 'active'")
                    .query(Double.class)
                    .single())
        .orElse(Double.NaN);
  }

  @Override
  public void changed(CallChange change) {
    if (!change.newState().isOver() || isOver(change)) {
      return;
    }
    CallRecord call = change.call();
    Counter.builder("gateway.calls")
        .description("calls that are over")
        .tag("outcome", call.state().word())
        .tag("cause", Objects.requireNonNullElse(call.causeCode(), "unknown"))
        .register(meters)
        .increment();
    Counter.builder("gateway.dials")
        .description("dials into rooms by their SIP answer")
        .tag("sip", call.sipStatus() == null ? "none" : call.sipStatus().toString())
        .register(meters)
        .increment();
    Tags project =
        projects.areSeveral()
            ? Tags.of("project", Objects.requireNonNullElse(call.project(), Project.STANDARD))
            : Tags.empty();
    time("gateway.calls.registration", call.durations().registrationMs(), project, MOMENTS);
    time("gateway.calls.ring", call.durations().ringMs(), Tags.empty(), RINGS);
    time("gateway.calls.talk", call.durations().talkMs(), Tags.empty(), TALKS);
  }

  private static boolean isOver(CallChange change) {
    return change.oldState() != null && change.oldState().isOver();
  }

  private void time(String name, @Nullable Long millis, Tags tags, Duration... buckets) {
    if (millis != null) {
      Timer.builder(name)
          .tags(tags)
          .serviceLevelObjectives(buckets)
          .register(meters)
          .record(Duration.ofMillis(millis));
    }
  }

  private static Duration[] millis(long... bounds) {
    return LongStream.of(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }
}
