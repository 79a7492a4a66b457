package io.voicegateway.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.call.record.CallChange;
import io.voicegateway.call.record.CallChanges;
import io.voicegateway.deadletter.BatchedLetters;
import io.voicegateway.deadletter.DeadLetterChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hands the changes of calls to the operator's route, whose receivers may be slow or dead: some
 * bounded lanes with a thread each, which waits while the route tries again. A call's events are
 * all in the same lane and so stay in order. What finds no room becomes a dead letter.
 */
@Component
final class CallEventQueue implements CallChanges, SmartLifecycle, DisposableBean {

  private static final String ROUTE = "direct:call-event";

  private static final String NO_ROOM =
      "the receivers of call events are too slow and no more events may wait for them";
  private static final String NO_ROUTE = "no route took it";
  private static final String ENDED = "the gateway ended before it was told";

  /** How many events are on their way at a time. */
  private static final int LANES = 8;

  private static final Duration IDLE = Duration.ofSeconds(10);

  /** How long the end waits for receivers that take what is told. */
  private static final Duration DRAIN = Duration.ofSeconds(4);

  private static final Duration LOOK = Duration.ofMillis(20);

  private final ProducerTemplate routes;
  private final ObjectMapper json;
  private final boolean told;
  private final BatchedLetters<CallChange> letters;
  private final List<ThreadPoolExecutor> lanes;
  private volatile boolean running;

  CallEventQueue(
      ProducerTemplate routes,
      ObjectMapper json,
      CallEventSettings settings,
      DeadLetterChannel letters,
      MeterRegistry metrics) {
    this.routes = routes;
    this.json = json;
    this.told = settings.told();
    this.letters =
        new BatchedLetters<>(
            letters,
            "call-event",
            "tell",
            CallChange.class,
            change -> change.call().callSid(),
            json,
            Counter.builder("gateway.call.events.lost")
                .description("Call events that became dead letters before any receiver was tried")
                .register(metrics));
    int room = Math.max(1, settings.queue() / LANES);
    lanes = IntStream.range(0, LANES).mapToObj(number -> lane(number, room)).toList();
    Gauge.builder("gateway.call.events.queue", this, CallEventQueue::waiting)
        .description("Call events that wait for their receivers or are on their way")
        .register(metrics);
  }

  private static ThreadPoolExecutor lane(int number, int room) {
    ThreadPoolExecutor lane =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(room),
            work -> {
              Thread thread = new Thread(work, "call-events-" + number);
              thread.setDaemon(true);
              return thread;
            });
    lane.allowCoreThreadTimeOut(true);
    return lane;
  }

  @Override
  public void changed(CallChange change) {
    if (!told) {
      return;
    }
    ThreadPoolExecutor lane =
        lanes.get(Math.floorMod(change.call().callSid().hashCode(), lanes.size()));
    try {
      lane.execute(new Telling(change));
    } catch (RejectedExecutionException noRoom) {
      letters.add(change, running ? NO_ROOM : ENDED);
    }
  }

  private final class Telling implements Runnable {

    private final CallChange change;

    Telling(CallChange change) {
      this.change = change;
    }

    /** The route makes a letter of what its receivers do not take. */
    @Override
    public void run() {
      if (!isTaken()) {
        letters.add(change, running ? NO_ROUTE : ENDED);
      }
    }

    private boolean isTaken() {
      try {
        return routes.send(ROUTE, this::fill).getException() == null;
      } catch (RuntimeException ended) {
        return false;
      }
    }

    private void fill(Exchange exchange) throws JsonProcessingException {
      exchange.setProperty(DeadLetterChannel.CALL_SID, change.call().callSid());
      exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
      exchange.getMessage().setBody(json.writeValueAsBytes(change));
    }
  }

  private int waiting() {
    return lanes.stream().mapToInt(lane -> lane.getQueue().size() + lane.getActiveCount()).sum();
  }

  // ---- start and end

  @Override
  public void start() {
    running = true;
  }

  /**
   * Camel still runs. Receivers that are quick are told of everything until it has ended; for
   * others nobody waits.
   */
  @Override
  public void stop() {
    running = false;
    long begin = System.nanoTime();
    try {
      while (waiting() > 0) {
        if (System.nanoTime() - begin > DRAIN.toNanos()) {
          close();
          return;
        }
        TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Ends sooner than Camel, and after {@link ToldChanges} has told the last ends. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 1;
  }

  private void close() {
    lanes.forEach(ThreadPoolExecutor::shutdown);
    List<Runnable> rest = new ArrayList<>();
    lanes.forEach(lane -> lane.getQueue().drainTo(rest));
    letters.keep(rest.stream().map(telling -> ((Telling) telling).change).toList(), ENDED);
  }

  /** The record's writer has ended too, so that nothing more comes. */
  @Override
  public void destroy() {
    close();
    letters.close();
  }
}
