package io.voicegateway.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.call.Mask;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.deadletter.BatchedLetters;
import io.voicegateway.deadletter.DeadLetterChannel;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Makes dead letters of events that the database cannot take. */
@Component
final class LostEvents implements DisposableBean {

  private final BatchedLetters<CallEvent> letters;

  LostEvents(DeadLetterChannel letters, ObjectMapper json, MeterRegistry metrics) {
    this.letters =
        new BatchedLetters<>(
            letters,
            "call-record",
            "store",
            CallEvent.class,
            CallEvent::callSid,
            json,
            Counter.builder("gateway.records.lost")
                .description("Events of calls that became dead letters")
                .register(metrics));
  }

  /** There was no room in the queue. Does not wait. */
  void tell(CallEvent event) {
    letters.add(event, "the database is away and no more events may wait for it");
  }

  /** The database refused events of one call. */
  void refused(List<CallEvent> events, RuntimeException why) {
    letters.keep(events, "the database refused it: " + Mask.text(String.valueOf(why.getMessage())));
  }

  /** The gateway ends and these are still not written. */
  void stop(List<CallEvent> rest) {
    letters.keep(rest, "the database was away when the gateway ended");
  }

  @Override
  public void destroy() {
    letters.close();
  }
}
