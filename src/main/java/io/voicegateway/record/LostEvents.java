package io.voicegateway.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.call.Mask;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.deadletter.DeadLetterChannel;
import io.voicegateway.deadletter.DeadLetterChannel.Undone;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Makes dead letters of events that the database cannot take. A letter's body is a JSON array of
 * events. Those for which there was no room in the queue are collected, because a file for each
 * would take longer than they take to come.
 */
@Component
final class LostEvents implements DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(LostEvents.class);

  private static final int LARGEST_LETTER = 500;
  private static final int MOST_WAITING = 20_000;
  private static final long COLLECT_MS = 500;

  private final DeadLetterChannel letters;
  private final ObjectWriter json;
  private final Counter lost;
  private final BlockingQueue<CallEvent> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Future<?> turns;
  private final ScheduledExecutorService post =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "lost-call-records");
            thread.setDaemon(true);
            return thread;
          });

  LostEvents(DeadLetterChannel letters, ObjectMapper json, MeterRegistry metrics) {
    this.letters = letters;
    this.json = json.writerFor(json.getTypeFactory().constructArrayType(CallEvent.class));
    this.lost =
        Counter.builder("gateway.records.lost")
            .description("Events of calls that became dead letters")
            .register(metrics);
    turns =
        post.scheduleWithFixedDelay(this::collect, COLLECT_MS, COLLECT_MS, TimeUnit.MILLISECONDS);
  }

  /** There was no room in the queue. Does not wait. */
  void tell(CallEvent event) {
    lost.increment();
    if (!waiting.offer(event)) {
      log.error(
          "call={} neither the database nor the disk took: {}", event.callSid(), event.name());
    }
  }

  /** The database refused events of one call. */
  void refused(List<CallEvent> events, RuntimeException why) {
    lost.increment(events.size());
    keep(events, "the database refused it: " + Mask.text(String.valueOf(why.getMessage())));
  }

  /** The gateway ends and these are still not written. */
  void stop(List<CallEvent> rest) {
    lost.increment(rest.size());
    IntStream.iterate(0, from -> from < rest.size(), from -> from + LARGEST_LETTER)
        .mapToObj(from -> rest.subList(from, Math.min(rest.size(), from + LARGEST_LETTER)))
        .forEach(some -> keep(some, "the database was away when the gateway ended"));
    collect();
  }

  private synchronized void collect() {
    List<CallEvent> events = new ArrayList<>();
    while (waiting.drainTo(events, LARGEST_LETTER) > 0) {
      keep(events, "the database is away and no more events may wait for it");
      events.clear();
    }
  }

  private void keep(List<CallEvent> events, String cause) {
    letters.keep(
        new Undone(
            "call-record", "store", cause, callSid(events), "application/json", body(events)));
  }

  private static @Nullable String callSid(List<CallEvent> events) {
    Set<String> calls = events.stream().map(CallEvent::callSid).collect(Collectors.toSet());
    return calls.size() == 1 ? calls.iterator().next() : null;
  }

  private String body(List<CallEvent> events) {
    try {
      return json.writeValueAsString(events.toArray(CallEvent[]::new));
    } catch (JsonProcessingException unwritable) {
      return events.stream().map(CallEvent::words).collect(Collectors.joining("\n"));
    }
  }

  @Override
  public void destroy() {
    turns.cancel(false);
    post.shutdown();
  }
}
