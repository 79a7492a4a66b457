package io.voicegateway.record;

import io.voicegateway.call.record.CallChange;
import io.voicegateway.call.record.CallChanges;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallRecord;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Tells whoever wants to know what changed. An end is told a moment later: the look at LiveKit that
 * finds its cause is still under way when the dial's end is written down.
 */
@Component
final class ToldChanges {

  private static final Logger log = LoggerFactory.getLogger(ToldChanges.class);

  /** A look at LiveKit is two requests of at most 2 s. */
  private static final Duration SETTLED = Duration.ofSeconds(4);

  private final CallStore store;
  private final Collection<CallChanges> listeners;
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "call-changes"));

  ToldChanges(CallStore store, Collection<CallChanges> listeners) {
    this.store = store;
    this.listeners = List.copyOf(listeners);
  }

  void tell(CallChange change) {
    if (change.newState().isOver()) {
      var unused =
          later.schedule(() -> pass(settled(change)), SETTLED.toMillis(), TimeUnit.MILLISECONDS);
    } else {
      pass(change);
    }
  }

  /** The call as it stands by now; as it stood when the database cannot be asked. */
  private CallChange settled(CallChange change) {
    try {
      List<CallEvent> events = store.eventsOf(change.call().callSid());
      return events.isEmpty()
          ? change
          : CallChange.of(change.oldState(), CallRecord.of(events).withoutTimeline(), change.at());
    } catch (DataAccessException away) {
      log.debug("call={} is told as it stood", change.call().callSid(), away);
      return change;
    }
  }

  private void pass(CallChange change) {
    for (CallChanges listener : listeners) {
      try {
        listener.changed(change);
      } catch (RuntimeException failed) {
        log.warn("call={} {} failed", change.call().callSid(), listener.getClass(), failed);
      }
    }
  }

  /** What is still to be told is told now. */
  @PreDestroy
  void close() {
    later.shutdownNow().forEach(Runnable::run);
  }
}
