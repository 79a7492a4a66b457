package io.voicegateway.record;

import io.voicegateway.call.Newest;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallProjects;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The projects of calls: as this gateway heard of them a moment ago, else as written down, because
 * another gateway may have moved the call since.
 */
@Component
final class RecordedProjects implements CallProjects {

  private static final int MOST = 20_000;

  /** After that everything that was heard is written down. */
  private static final Duration WRITTEN = Duration.ofSeconds(10);

  private final Map<String, Heard> heard = Newest.map(MOST);
  private final Database database;
  private final Clock clock;

  private record Heard(String project, Instant at) {}

  RecordedProjects(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** What is told of a call in the beginning does not undo where it was registered. */
  void hear(CallEvent event) {
    if (event instanceof CallEvent.Registered registered && registered.project() != null) {
      heard.put(event.callSid(), new Heard(registered.project(), clock.instant()));
    } else if (event instanceof CallEvent.Received received && received.project() != null) {
      heard.putIfAbsent(event.callSid(), new Heard(received.project(), clock.instant()));
    }
  }

  @Override
  public Optional<String> projectOf(String callSid) {
    @Nullable Heard here = heard.get(callSid);
    Instant written = clock.instant().minus(WRITTEN);
    if (here != null && here.at.isAfter(written)) {
      return Optional.of(here.project);
    }
    return database
        .answer(() -> written(callSid))
        .flatMap(found -> found)
        .or(() -> Optional.ofNullable(here).map(Heard::project));
  }

  private Optional<String> written(String callSid) {
    return database
        .impatient()
        .sql("select project from calls where call_sid = :sid and project is not null")
        .param("sid", callSid)
        .query(String.class)
        .optional();
  }
}
