package io.voicegateway.record;

import io.voicegateway.call.record.ActiveCalls;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The calls that stand in the database as under way. */
@Component
final class RecordedActivity implements ActiveCalls {

  private final Database database;

  RecordedActivity(Database database) {
    this.database = database;
  }

  @Override
  public Optional<List<ActiveCall>> withAgents() {
    return database.answer(
        () ->
            database
                .impatient()
                .sql(
                    "select call_sid, own_number, started_at from calls"
                        + " where phase = 'active' and own_number is not null")
                .query(
                    (row, number) ->
                        new ActiveCall(
                            row.getString(1), row.getString(2), CallStore.instant(row, 3)))
                .list());
  }
}
