package io.voicegateway.record;

import io.voicegateway.call.Newest;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallProjects;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The projects of calls: of those that this gateway heard of at once, of others as written down.
 */
@Component
final class RecordedProjects implements CallProjects {

  private static final int MOST = 20_000;

  private final Map<String, String> heard = Newest.map(MOST);
  private final Database database;

  RecordedProjects(Database database) {
    this.database = database;
  }

  /** What is told of a call in the beginning does not undo where it was registered. */
  void hear(CallEvent event) {
    if (event instanceof CallEvent.Registered registered && registered.project() != null) {
      heard.put(event.callSid(), registered.project());
    } else if (event instanceof CallEvent.Received received && received.project() != null) {
      heard.putIfAbsent(event.callSid(), received.project());
    }
  }

  @Override
  public Optional<String> projectOf(String callSid) {
    @Nullable String here = heard.get(callSid);
    return here == null
        ? database.answer(() -> written(callSid)).flatMap(found -> found)
        : Optional.of(here);
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
