package io.voicegateway.record;

import io.voicegateway.call.record.CallChange;
import io.voicegateway.call.record.CallChanges;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.stereotype.Component;

/**
 * Tells whoever wants to know what changed. An end is told a moment later: the look at LiveKit that
 * finds its cause is still under way when the dial's end is written down. Ends that find no room
 * among those that wait are told at once, and so are all when the gateway ends.
 */
@Component
final class ToldChanges implements ApplicationListener<ContextClosedEvent> {

  private static final Logger log = LoggerFactory.getLogger(ToldChanges.class);

  /** A look at LiveKit is two requests of at most 2 s. */
  private static final Duration SETTLED = Duration.ofSeconds(4);

  private static final int MOST_ENDS = 10_000;

  /** Calls asked for in one question. */
  private static final int BATCH = 300;

  /** How long a database that did not answer is not asked again. */
  private static final Duration LEFT_ALONE = Duration.ofSeconds(5);

  /** Longer than a question may take. */
  private static final Duration DRAIN = Duration.ofSeconds(8);

  private final Database database;
  private final CallStore store;
  private final Collection<CallChanges> listeners;
  private final Thread thread = new Thread(this::work, "call-changes");
  private final Queue<End> ends = new ArrayDeque<>();
  private boolean open = true;
  private long askAgain = System.nanoTime();

  private record End(CallChange change, long due) {

    boolean isDue() {
      return due - System.nanoTime() <= 0;
    }
  }

  ToldChanges(Database database, CallStore store, Collection<CallChanges> listeners) {
    this.database = database;
    this.store = store;
    this.listeners = List.copyOf(listeners);
  }

  void tell(CallChange change) {
    if (!change.newState().isOver() || !isPutOff(change)) {
      pass(change);
    }
  }

  private synchronized boolean isPutOff(CallChange end) {
    boolean room = open && ends.size() < MOST_ENDS;
    if (room) {
      start();
      ends.add(new End(end, System.nanoTime() + SETTLED.toNanos()));
      notifyAll();
    }
    return room;
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

  // ---- the thread

  private void work() {
    try {
      for (List<CallChange> due = next(); !due.isEmpty(); due = next()) {
        settled(due).forEach(this::pass);
      }
    } catch (InterruptedException nobodyDoes) {
      log.debug("Interrupted", nobodyDoes);
    }
  }

  /** The ends whose time has come; all of them when the gateway ends, and none after that. */
  private synchronized List<CallChange> next() throws InterruptedException {
    while (open && (ends.isEmpty() || !ends.element().isDue())) {
      long nanos = ends.isEmpty() ? 0 : ends.element().due() - System.nanoTime();
      wait(ends.isEmpty() ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
    }
    List<CallChange> due = new ArrayList<>();
    while (due.size() < BATCH && !ends.isEmpty() && (!open || ends.element().isDue())) {
      due.add(ends.remove().change());
    }
    return due;
  }

  /** The calls as they stand by now; as they stood when the database cannot be asked. */
  private List<CallChange> settled(List<CallChange> changes) {
    if (!database.isUp() || askAgain - System.nanoTime() > 0) {
      return changes;
    }
    try {
      Map<String, List<CallEvent>> heard =
          store.eventsOf(changes.stream().map(change -> change.call().callSid()).toList());
      return changes.stream()
          .map(change -> settled(change, heard.getOrDefault(change.call().callSid(), List.of())))
          .toList();
    } catch (RuntimeException unanswered) {
      log.debug("{} ends are told as they stood", changes.size(), unanswered);
      askAgain = System.nanoTime() + LEFT_ALONE.toNanos();
      return changes;
    }
  }

  private static CallChange settled(CallChange change, List<CallEvent> heard) {
    return heard.isEmpty()
        ? change
        : CallChange.of(change.oldState(), CallRecord.of(heard).withoutTimeline(), change.at());
  }

  // ---- start and end

  /** When the first end comes. */
  private void start() {
    if (thread.getState() == Thread.State.NEW) {
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * Before anything else ends, so that the receivers of call events are told too. By an event and
   * not as a part with a life of its own: Spring would end the record's writer, which needs this
   * one, before it, and so before the routes have ended.
   */
  @Override
  public void onApplicationEvent(ContextClosedEvent closed) {
    stop();
  }

  /** Tells all ends that wait; from now on they are told at once. */
  void stop() {
    synchronized (this) {
      open = false;
      notifyAll();
    }
    try {
      thread.join(DRAIN.toMillis());
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
