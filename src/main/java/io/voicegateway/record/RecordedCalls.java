package io.voicegateway.record;

import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Logs what is heard of calls. */
@Component
final class RecordedCalls implements CallEvents {

  private static final Logger log = LoggerFactory.getLogger(RecordedCalls.class);

  @Override
  public void tell(CallEvent event) {
    log.debug("call={} {}", event.callSid(), event.words());
  }
}
