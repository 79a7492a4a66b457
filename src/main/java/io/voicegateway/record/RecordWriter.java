package io.voicegateway.record;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Takes note of what is heard of calls without making anybody wait: a bounded queue, and one thread
 * that writes it to the database in batches. While the database is away events wait; what does not
 * fit becomes a dead letter.
 */
@Component
final class RecordWriter implements CallEvents, SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(RecordWriter.class);

  private static final int BATCH = 1000;

  /**
   * What is told of a call comes in quick succession: so its record is made once, not each time.
   */
  private static final Duration GATHER = Duration.ofMillis(50);

  /** How long the thread waits for something to write before it looks whether the end has come. */
  private static final Duration IDLE = Duration.ofMillis(200);

  /** How often a database is asked whether it is there when there is nothing to write. */
  private static final Duration PROBE = Duration.ofSeconds(1);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** How long an embedded database may keep to itself what it has taken. */
  private static final Duration UNSAVED = Duration.ofSeconds(1);

  /** How long the end waits for what is still in the queue. */
  private static final Duration DRAIN = Duration.ofSeconds(4);

  private final Database database;
  private final CallStore store;
  private final ToldChanges changes;
  private final RecordedProjects projects;
  private final LostEvents lost;
  private final BlockingQueue<Waiting> queue;
  private final Counter written;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::work, "call-records");

  /** What is being written; it stays here until it is. */
  private volatile List<Waiting> batch = List.of();

  /** What an embedded database forgets when it cannot write its file. */
  private final List<Waiting> unsaved = new ArrayList<>();

  private long saved = System.nanoTime();

  private volatile boolean running;
  private volatile boolean hurried;
  private volatile boolean ended;
  private Duration pause = FIRST_PAUSE;
  private long probed = System.nanoTime();

  private record Waiting(CallEvent event, long since) {}

  RecordWriter(
      Database database,
      CallStore store,
      ToldChanges changes,
      RecordedProjects projects,
      LostEvents lost,
      RecordSettings settings,
      MeterRegistry metrics) {
    this.database = database;
    this.store = store;
    this.changes = changes;
    this.projects = projects;
    this.lost = lost;
    this.queue = new ArrayBlockingQueue<>(settings.queue());
    this.written =
        Counter.builder("gateway.records.written")
            .description("Events of calls that were written to the database")
            .register(metrics);
    Gauge.builder("gateway.records.queue", this, RecordWriter::waiting)
        .description("Events of calls that wait for the database")
        .register(metrics);
    Gauge.builder("gateway.records.oldest", this, RecordWriter::oldestSeconds)
        .description("How long the first of them has been waiting")
        .baseUnit("seconds")
        .register(metrics);
  }

  @Override
  public void tell(CallEvent event) {
    log.atDebug().addArgument(event::callSid).addArgument(event::words).log("call={} {}");
    projects.hear(event);
    Waiting waiting = new Waiting(event, System.nanoTime());
    if (!queue.offer(waiting)) {
      lost.tell(event);
    } else if (ended && queue.remove(waiting)) {
      lost.stop(List.of(event));
    }
  }

  private int waiting() {
    return queue.size() + batch.size();
  }

  private double oldestSeconds() {
    List<Waiting> first = batch;
    Waiting oldest = first.isEmpty() ? queue.peek() : first.get(0);
    return oldest == null
        ? 0
        : (System.nanoTime() - oldest.since()) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  // ---- the thread

  private void work() {
    while (running || (!hurried && waiting() > 0)) {
      try {
        turn();
      } catch (InterruptedException nobodyDoes) {
        log.debug("Interrupted, and going on", nobodyDoes);
      }
    }
  }

  private void turn() throws InterruptedException {
    if (batch.isEmpty()) {
      take();
    }
    if (!isThere()) {
      pauseAwhile();
    } else {
      write();
    }
  }

  /** Asks when it was away, and now and then when nothing is written. */
  private boolean isThere() {
    boolean known = !batch.isEmpty() || System.nanoTime() - probed < PROBE.toNanos();
    if (database.isUp() && known) {
      return true;
    }
    probed = System.nanoTime();
    return database.reach();
  }

  private void take() throws InterruptedException {
    Waiting first =
        running && database.isUp()
            ? queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS)
            : queue.poll();
    if (first != null) {
      batch = List.of(first);
      gather();
      List<Waiting> taken = new ArrayList<>(batch);
      queue.drainTo(taken, BATCH - 1);
      batch = taken;
    }
  }

  private void gather() throws InterruptedException {
    if (running && queue.size() < BATCH) {
      stopping.await(GATHER.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void write() throws InterruptedException {
    List<CallEvent> events = batch.stream().map(Waiting::event).toList();
    try {
      if (!events.isEmpty()) {
        store(events);
      }
      save();
      database.back();
      batch = List.of();
      pause = FIRST_PAUSE;
    } catch (ConcurrencyFailureException again) {
      log.debug("Two gateways wrote the same calls", again);
      pauseAwhile();
    } catch (DataAccessException | TransactionException unreachable) {
      database.away(unreachable);
      batch = Stream.concat(unsaved.stream(), batch.stream()).distinct().toList();
      unsaved.clear();
      pauseAwhile();
    }
  }

  /** What may be forgotten is kept until it is in the file; twice written it is there once. */
  private void save() {
    if (!database.isEmbedded()) {
      return;
    }
    unsaved.addAll(batch);
    if (!unsaved.isEmpty() && System.nanoTime() - saved > UNSAVED.toNanos()) {
      database.save();
      unsaved.clear();
      saved = System.nanoTime();
    }
  }

  /** An event that no database would take must not keep the others from being written. */
  private void store(List<CallEvent> events) {
    try {
      write(events);
    } catch (RuntimeException failure) {
      if (!isTheirFault(failure)) {
        throw failure;
      }
      Collection<List<CallEvent>> calls =
          events.stream().collect(Collectors.groupingBy(CallEvent::callSid)).values();
      if (calls.size() > 1) {
        calls.forEach(this::store);
      } else {
        lost.refused(events, failure);
      }
    }
  }

  private void write(List<CallEvent> events) {
    store.write(events).forEach(changes::tell);
    written.increment(events.size());
  }

  private static boolean isTheirFault(RuntimeException failure) {
    boolean database =
        failure instanceof DataAccessException || failure instanceof TransactionException;
    return !database || failure instanceof DataIntegrityViolationException;
  }

  /** Longer each time, but for the end, which has no time. */
  private void pauseAwhile() throws InterruptedException {
    if (!running) {
      TimeUnit.MILLISECONDS.sleep(FIRST_PAUSE.toMillis());
      return;
    }
    stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  // ---- start and end

  @Override
  public void start() {
    running = true;
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Camel has ended by now; what is told all the same becomes a letter. The thread is not
   * interrupted: an H2 file whose writer is interrupted is closed.
   */
  @Override
  public void stop() {
    running = false;
    stopping.countDown();
    try {
      thread.join(DRAIN.toMillis());
      hurried = true;
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    ended = true;
    List<Waiting> rest = new ArrayList<>(batch);
    queue.drainTo(rest);
    lost.stop(rest.stream().map(Waiting::event).toList());
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /**
   * Lower than Camel's, which starts later and ends sooner. Nothing that this needs may have a
   * phase of its own, as Spring ends whoever needs a part before that part.
   */
  @Override
  public int getPhase() {
    return 0;
  }
}
