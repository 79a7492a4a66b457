package io.voicegateway.record;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voicegateway.TestClock;
import io.voicegateway.call.record.CallChange;
import io.voicegateway.call.record.CallChanges;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallRecord;
import io.voicegateway.call.record.LiveRooms;
import io.voicegateway.deadletter.DeadLetterChannel;
import io.voicegateway.project.TestProjects;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

/** One gateway's record on a database: what it was told, wrote and lost. */
final class Recorder implements AutoCloseable {

  static final Duration SOON = Duration.ofSeconds(20);
  static final ObjectMapper JSON = Jackson2ObjectMapperBuilder.json().build();

  final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  final Queue<DeadLetterChannel.Undone> letters = new ConcurrentLinkedQueue<>();
  final Queue<CallChange> changes = new ConcurrentLinkedQueue<>();
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final Database database;
  final CallStore store;
  final CallSearch search;
  final CallList list;
  final RecordCare housekeeping;
  final Chores chores;

  private final LostEvents lost;
  private final ToldChanges told;
  private final RecordWriter writer;

  Recorder(String url, int queue, LiveRooms... rooms) {
    this(url, Path.of("target", "unused"), queue, rooms);
  }

  Recorder(String url, Path directory, int queue, LiveRooms... rooms) {
    RecordSettings settings =
        new RecordSettings(
            url, directory, queue, Duration.ofDays(30), Duration.ofHours(4), Duration.ofHours(1));
    database = new Database(settings, metrics);
    store = new CallStore(database, JSON, new TestClock(now));
    chores = new Chores(database, new TestClock(now));
    search = new CallSearch(database, store, JSON);
    list = new CallList(search, TestProjects.signed());
    lost = new LostEvents(letters::add, JSON, metrics);
    told = new ToldChanges(database, store, told());
    writer =
        new RecordWriter(
            database,
            store,
            told,
            new RecordedProjects(database, Clock.systemUTC()),
            lost,
            settings,
            metrics);
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    for (LiveRooms look : rooms) {
      beans.addBean("rooms", look);
    }
    housekeeping =
        new RecordCare(
            database,
            chores,
            writer,
            settings,
            beans.getBeanProvider(LiveRooms.class),
            new TestClock(now));
    writer.start();
  }

  Recorder awake() {
    await().atMost(SOON).until(database::isUp);
    return this;
  }

  void tell(List<CallEvent> events) {
    events.forEach(writer::tell);
  }

  /** Waits until everything that was told is written. */
  Recorder written() {
    await().atMost(SOON).until(() -> waiting() == 0 && database.isUp());
    return this;
  }

  double waiting() {
    return metrics.get("gateway.records.queue").gauge().value();
  }

  double lost() {
    return metrics.get("gateway.records.lost").counter().count();
  }

  /** Whoever is told of changes. */
  List<CallChanges> told() {
    return List.of(changes::add);
  }

  /** The ends that were told. */
  List<CallChange> ends() {
    return changes.stream().filter(change -> change.newState().isOver()).toList();
  }

  CallRecord call(String sid) {
    return list.call(sid, "true");
  }

  List<String> ids(String state) {
    return list.page(state, null, null, "500", null, null, null).calls().stream()
        .map(CallRecord::callSid)
        .toList();
  }

  @Override
  public void close() {
    told.stop();
    writer.stop();
    lost.destroy();
    housekeeping.destroy();
    database.destroy();
  }
}
