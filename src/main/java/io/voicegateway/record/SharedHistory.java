package io.voicegateway.record;

import io.voicegateway.call.record.CallHistory;
import jakarta.annotation.PreDestroy;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What the gateways that share a database heard; nothing where each has a file of its own. */
@Component
final class SharedHistory implements CallHistory {

  private static final Logger log = LoggerFactory.getLogger(SharedHistory.class);

  /** A caller waits meanwhile. */
  private static final long PATIENCE_MS = 200;

  private final Database database;
  private final boolean shared;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          2,
          work -> {
            Thread thread = new Thread(work, "call-history");
            thread.setDaemon(true);
            return thread;
          });

  SharedHistory(Database database, RecordSettings settings) {
    this.database = database;
    this.shared = settings.isShared();
  }

  @Override
  public boolean heardOf(String callSid, String key, Instant since) {
    if (!shared || !database.isUp()) {
      return false;
    }
    Future<Boolean> answer = threads.submit(() -> isWritten(callSid, key, since));
    try {
      return answer.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException unanswered) {
      answer.cancel(false);
      log.warn("call={} the database did not tell what other gateways know", callSid);
      return false;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isWritten(String callSid, String key, Instant since) {
    return database
            .impatient()
            .sql(
                "select count(*) from events where call_sid = :sid and event_key = :key"
                    + " and at > :since")
            .param("sid", callSid)
            .param("key", key)
            .param("since", CallStore.column(since))
            .query(Long.class)
            .single()
        > 0;
  }

  @Override
  public boolean isShared() {
    return shared;
  }

  @Override
  public boolean isUnheardOf(String callSid, Collection<String> keys) {
    return !shared || database.answer(() -> written(callSid, keys) == 0).orElse(false);
  }

  private long written(String callSid, Collection<String> keys) {
    return database
        .impatient()
        .sql("select count(*) from events where call_sid = :sid and event_key in (:keys)")
        .param("sid", callSid)
        .param("keys", keys)
        .query(Long.class)
        .single();
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
