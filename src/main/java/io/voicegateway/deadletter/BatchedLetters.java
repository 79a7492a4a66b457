package io.voicegateway.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.micrometer.core.instrument.Counter;
import io.voicegateway.deadletter.DeadLetterChannel.Undone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dead letters of what may be lost by the thousand. A letter's body is a JSON array. What comes one
 * by one is collected for some seconds, because a file for each would take longer than they take to
 * come.
 */
public final class BatchedLetters<T> {

  private static final Logger log = LoggerFactory.getLogger(BatchedLetters.class);

  private static final int LARGEST_LETTER = 500;
  private static final int MOST_WAITING = 20_000;
  private static final long COLLECT_MS = 5000;

  private final DeadLetterChannel letters;
  private final String route;
  private final String step;
  private final Function<T, String> callSid;
  private final ObjectWriter json;
  private final Counter lost;
  private final BlockingQueue<Lost<T>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final ScheduledExecutorService post;
  private final Future<?> turns;

  private record Lost<T>(T what, String cause) {}

  /**
   * Letters of one kind.
   *
   * @param route what was at work, by the name that its letters are found under
   * @param step what it could not do
   * @param lost counts everything that goes into a letter
   */
  public BatchedLetters(
      DeadLetterChannel letters,
      String route,
      String step,
      Class<T> kind,
      Function<T, String> callSid,
      ObjectMapper json,
      Counter lost) {
    this.letters = letters;
    this.route = route;
    this.step = step;
    this.callSid = callSid;
    this.json = json.writerFor(json.getTypeFactory().constructCollectionType(List.class, kind));
    this.lost = lost;
    post = Executors.newSingleThreadScheduledExecutor(work -> thread(work, route));
    turns =
        post.scheduleWithFixedDelay(this::collect, COLLECT_MS, COLLECT_MS, TimeUnit.MILLISECONDS);
  }

  private static Thread thread(Runnable work, String route) {
    Thread thread = new Thread(work, "lost-" + route);
    thread.setDaemon(true);
    return thread;
  }

  /** Goes into a letter with others that are lost for the same cause. Does not wait. */
  public void add(T what, String cause) {
    lost.increment();
    if (!waiting.offer(new Lost<>(what, cause))) {
      log.error("call={} {} was lost and the disk is too slow", callSid.apply(what), route);
    }
    if (post.isShutdown()) {
      collect();
    }
  }

  /** Goes into letters at once. */
  public void keep(List<T> what, String cause) {
    lost.increment(what.size());
    write(what, cause);
  }

  /** What was collected goes into letters, and what still comes goes into one of its own. */
  public void close() {
    turns.cancel(false);
    post.shutdown();
    collect();
  }

  private synchronized void collect() {
    List<Lost<T>> collected = new ArrayList<>();
    while (waiting.drainTo(collected, LARGEST_LETTER) > 0) {
      byCause(collected).forEach((cause, what) -> write(what, cause));
      collected.clear();
    }
  }

  private static <T> Map<String, List<T>> byCause(List<Lost<T>> collected) {
    return collected.stream()
        .collect(
            Collectors.groupingBy(
                Lost::cause,
                LinkedHashMap::new,
                Collectors.mapping(Lost::what, Collectors.toList())));
  }

  private void write(List<T> what, String cause) {
    IntStream.iterate(0, from -> from < what.size(), from -> from + LARGEST_LETTER)
        .mapToObj(from -> what.subList(from, Math.min(what.size(), from + LARGEST_LETTER)))
        .map(some -> letter(some, cause))
        .forEach(letters::keep);
  }

  private Undone letter(List<T> some, String cause) {
    return new Undone(route, step, cause, callOf(some), "application/json", body(some));
  }

  private @Nullable String callOf(List<T> some) {
    Set<String> calls = some.stream().map(callSid).collect(Collectors.toSet());
    return calls.size() == 1 ? calls.iterator().next() : null;
  }

  private String body(List<T> some) {
    try {
      return json.writeValueAsString(some);
    } catch (JsonProcessingException unwritable) {
      return some.toString();
    }
  }
}
