package io.voicegateway.record;

import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvents;
import io.voicegateway.call.record.LiveRooms;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Ends calls whose end nobody told, and deletes what was kept long enough. Of several gateways one
 * at a time does it.
 */
@Component
final class RecordCare implements DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(RecordCare.class);

  private static final Duration HOUR = Duration.ofHours(1);

  /** How much longer than the longest call nothing may be heard of one. */
  private static final Duration MARGIN = Duration.ofMinutes(10);

  /** Rooms looked for in one turn, as each is a request to LiveKit. */
  private static final int MOST_LOOKS = 100;

  /** Calls deleted in one transaction. */
  private static final int BATCH = 500;

  private final Database database;
  private final Chores chores;
  private final CallEvents record;
  private final RecordSettings settings;
  private final ObjectProvider<LiveRooms> rooms;
  private final Clock clock;
  private final Future<?> turns;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "call-housekeeping");
            thread.setDaemon(true);
            return thread;
          });

  RecordCare(
      Database database,
      Chores chores,
      CallEvents record,
      RecordSettings settings,
      ObjectProvider<LiveRooms> rooms,
      Clock clock) {
    this.database = database;
    this.chores = chores;
    this.record = record;
    this.settings = settings;
    this.rooms = rooms;
    this.clock = clock;
    long pause = settings.sweep().toMillis();
    turns = schedule.scheduleWithFixedDelay(this::turn, pause, pause, TimeUnit.MILLISECONDS);
  }

  private void turn() {
    if (!database.isUp()) {
      return;
    }
    try {
      if (chores.isOurTurn("sweep", settings.sweep())) {
        sweep();
      }
      if (chores.isOurTurn("retention", HOUR)) {
        forget();
      }
    } catch (RuntimeException later) {
      log.warn("The calls' record was not tidied: {}", later.getClass().getSimpleName());
    }
  }

  /** Tells the end of calls that must be over and whose room is gone. */
  void sweep() {
    Instant now = clock.instant();
    Instant silentSince = now.minus(settings.longestCall()).minus(MARGIN);
    List<String> silent =
        database
            .client()
            .sql(
                "select call_sid from calls where phase = 'active' and last_heard_at < :since"
                    + " order by phase, last_heard_at limit "
                    + MOST_LOOKS)
            .param("since", CallStore.column(silentSince))
            .query(String.class)
            .list();
    for (String callSid : silent) {
      if (isThere("call-" + callSid)) {
        lookAgainAfterMargin(callSid, now);
      } else {
        record.tell(new CallEvent.Lost(callSid, now));
      }
    }
  }

  private boolean isThere(String room) {
    LiveRooms look = rooms.getIfAvailable();
    return look != null && look.isThere(room);
  }

  /** So that a room which stays is not asked for every minute, nor keeps others from their turn. */
  private void lookAgainAfterMargin(String callSid, Instant now) {
    database
        .client()
        .sql("update calls set last_heard_at = :at where call_sid = :sid")
        .param("at", CallStore.column(now.minus(settings.longestCall())))
        .param("sid", callSid)
        .update();
  }

  /** Deletes calls that ended long enough ago, a few at a time. */
  void forget() {
    Instant before = clock.instant().minus(settings.keep());
    forgetUntil("leg_tokens where used_at < :before", before);
    forgetUntil("outbound_calls where until_at < :before", before);
    int deleted = 0;
    int last = BATCH;
    while (last == BATCH) {
      last = database.transaction(() -> forgetSome(before));
      deleted += last;
    }
    if (deleted > 0) {
      log.info("{} calls that ended before {} are forgotten", deleted, before);
    }
  }

  private void forgetUntil(String which, Instant before) {
    database
        .client()
        .sql("delete from " + which)
        .param("before", CallStore.column(before))
        .update();
  }

  private int forgetSome(Instant before) {
    List<String> old =
        database
            .client()
            .sql(
                "select call_sid from calls where started_at < :before and ended_at < :before"
                    + " order by started_at desc, call_sid desc limit "
                    + BATCH)
            .param("before", CallStore.column(before))
            .query(String.class)
            .list();
    if (!old.isEmpty()) {
      delete("calls", old);
      delete("events", old);
    }
    return old.size();
  }

  private void delete(String table, List<String> callSids) {
    database
        .client()
        .sql("delete from " + table + " where call_sid in (:sids)")
        .param("sids", callSids)
        .update();
  }

  @Override
  public void destroy() {
    turns.cancel(false);
    schedule.shutdown();
  }
}
