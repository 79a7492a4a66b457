package io.voicegateway.record;

import io.voicegateway.call.record.KnownCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** The calls that are written down. */
@Component
final class RecordedCalls implements KnownCalls {

  private static final Logger log = LoggerFactory.getLogger(RecordedCalls.class);

  private final Database database;

  RecordedCalls(Database database) {
    this.database = database;
  }

  @Override
  public boolean isKnown(String callSid) {
    if (!database.isUp()) {
      return false;
    }
    try {
      return database
              .impatient()
              .sql("select count(*) from calls where call_sid = :sid")
              .param("sid", callSid)
              .query(Long.class)
              .single()
          > 0;
    } catch (DataAccessException away) {
      log.debug("Whether a call is known cannot be told", away);
      return false;
    }
  }
}
