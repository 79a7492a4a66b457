package io.voicegateway.record;

import io.voicegateway.call.ReadyThreads;
import io.voicegateway.call.record.UsedTokens;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The tokens that were shown, in the database that gateways share. */
@Component
final class TokenTable implements UsedTokens {

  private static final Logger log = LoggerFactory.getLogger(TokenTable.class);

  /** A caller waits meanwhile. */
  private static final long PATIENCE_MS = 200;

  private static final int MOST = 4;

  private final Database database;
  private final Clock clock;
  private final boolean shared;
  private final ExecutorService threads = ReadyThreads.upTo(MOST, "leg-tokens");

  TokenTable(Database database, RecordSettings settings, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.shared = settings.isShared();
  }

  /** A gateway with a file of its own knows its legs. */
  @Override
  public Optional<String> firstLeg(String attempt, String legSid) {
    if (!shared) {
      return Optional.of(legSid);
    }
    if (!database.isUp()) {
      return Optional.empty();
    }
    try {
      Future<String> first = threads.submit(() -> written(attempt, legSid));
      return Optional.of(first.get(PATIENCE_MS, TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException | RejectedExecutionException unanswered) {
      log.warn("The database did not tell whether another gateway let in a leg's token");
      return Optional.empty();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private String written(String attempt, String legSid) {
    database
        .impatient()
        .sql(
            "insert into leg_tokens (attempt, leg_sid, used_at) values (:attempt, :leg, :at)"
                + " on conflict do nothing")
        .param("attempt", attempt)
        .param("leg", legSid)
        .param("at", CallStore.column(clock.instant()))
        .update();
    return database
        .impatient()
        .sql("select leg_sid from leg_tokens where attempt = :attempt")
        .param("attempt", attempt)
        .query(String.class)
        .single();
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
