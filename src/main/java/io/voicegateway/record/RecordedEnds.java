package io.voicegateway.record;

import io.voicegateway.call.record.EndedCalls;
import java.util.Collection;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The calls whose end is written down. */
@Component
final class RecordedEnds implements EndedCalls {

  private final Database database;

  RecordedEnds(Database database) {
    this.database = database;
  }

  @Override
  public Set<String> over(Collection<String> callSids) {
    return callSids.isEmpty()
        ? Set.of()
        : database.answer(() -> written(callSids)).orElse(Set.of());
  }

  private Set<String> written(Collection<String> callSids) {
    return database
        .impatient()
        .sql("select call_sid from calls where call_sid in (:sids) and phase <> 'active'")
        .param("sids", callSids)
        .query(String.class)
        .set();
  }
}
