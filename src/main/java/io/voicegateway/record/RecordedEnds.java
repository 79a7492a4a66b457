package io.voicegateway.record;

import io.voicegateway.call.record.EndedCalls;
import java.util.Collection;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** The calls whose end is written down. */
@Component
final class RecordedEnds implements EndedCalls {

  private static final Logger log = LoggerFactory.getLogger(RecordedEnds.class);

  private final Database database;

  RecordedEnds(Database database) {
    this.database = database;
  }

  @Override
  public Set<String> over(Collection<String> callSids) {
    if (callSids.isEmpty() || !database.isUp()) {
      return Set.of();
    }
    try {
      return database
          .impatient()
          .sql("select call_sid from calls where call_sid in (:sids) and phase <> 'active'")
          .param("sids", callSids)
          .query(String.class)
          .set();
    } catch (DataAccessException away) {
      log.debug("Which calls are over cannot be told", away);
      return Set.of();
    }
  }
}
