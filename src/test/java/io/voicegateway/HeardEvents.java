package io.voicegateway;

import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.annotation.Primary;

/** Stands in for the calls' record and keeps what it is told; to be imported by a test. */
@Primary
public final class HeardEvents implements CallEvents {

  private final List<CallEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void tell(CallEvent event) {
    events.add(event);
  }

  /** What was told of a call, of one kind. */
  public <T extends CallEvent> List<T> of(String callSid, Class<T> kind) {
    return events.stream()
        .filter(event -> event.callSid().equals(callSid))
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** All that was told of a kind. */
  public <T extends CallEvent> List<T> of(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public void forget() {
    events.clear();
  }
}
