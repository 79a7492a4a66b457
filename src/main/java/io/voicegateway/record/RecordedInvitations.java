package io.voicegateway.record;

import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.Invitations;
import org.springframework.stereotype.Component;

/** The invitations that are written down. */
@Component
final class RecordedInvitations implements Invitations {

  private final Database database;

  RecordedInvitations(Database database) {
    this.database = database;
  }

  @Override
  public boolean haveBeenTo(String callSid) {
    return database.answer(() -> isWritten(callSid)).orElse(false);
  }

  private boolean isWritten(String callSid) {
    return database
            .impatient()
            .sql("select count(*) from events where call_sid = :sid and event_key like :invited")
            .param("sid", callSid)
            .param("invited", CallEvent.Invited.KEYS + "%")
            .query(Long.class)
            .single()
        > 0;
  }
}
