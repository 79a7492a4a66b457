package io.voicegateway.record;

import io.voicegateway.call.record.KnownCalls;
import org.springframework.stereotype.Component;

/** The calls that are written down. */
@Component
final class RecordedCalls implements KnownCalls {

  private final Database database;

  RecordedCalls(Database database) {
    this.database = database;
  }

  @Override
  public boolean isKnown(String callSid) {
    return database.answer(() -> isWritten(callSid)).orElse(false);
  }

  private boolean isWritten(String callSid) {
    return database
            .impatient()
            .sql("select count(*) from calls where call_sid = :sid")
            .param("sid", callSid)
            .query(Long.class)
            .single()
        > 0;
  }
}
