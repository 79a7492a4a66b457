package io.voicegateway.record;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Work that one of several gateways does at a time: whoever moves the chore's time on has it. */
@Component
final class Chores {

  private final Database database;
  private final Clock clock;

  Chores(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Takes the turn for as long as given, unless another gateway has it. */
  boolean isOurTurn(String chore, Duration lasts) {
    Instant now = clock.instant();
    return database
            .client()
            .sql("update chores set due_at = :then where chore = :chore and due_at <= :now")
            .param("then", CallStore.column(now.plus(lasts).minusMillis(lasts.toMillis() / 10)))
            .param("chore", chore)
            .param("now", CallStore.column(now))
            .update()
        == 1;
  }
}
