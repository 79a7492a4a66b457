package io.voicegateway.record;

import io.voicegateway.call.record.ActiveCalls;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** The calls that stand in the database as under way. */
@Component
final class RecordedActivity implements ActiveCalls {

  private static final Logger log = LoggerFactory.getLogger(RecordedActivity.class);

  private final Database database;

  RecordedActivity(Database database) {
    this.database = database;
  }

  @Override
  public Optional<List<ActiveCall>> withAgents() {
    if (!database.isUp()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          database
              .impatient()
              .sql(
                  "select call_sid, own_number, started_at from calls"
                      + " where phase = 'active' and own_number is not null")
              .query(
                  (row, number) ->
                      new ActiveCall(
                          row.getString(1),
                          row.getString(2),
                          row.getObject(3, OffsetDateTime.class).toInstant()))
              .list());
    } catch (DataAccessException away) {
      log.debug("Which calls are under way cannot be told", away);
      return Optional.empty();
    }
  }
}
