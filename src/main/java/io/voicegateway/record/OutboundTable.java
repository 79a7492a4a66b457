package io.voicegateway.record;

import io.voicegateway.call.record.OrderedCalls;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The calls and invitations that agents ordered, in the database that gateways share. */
@Component
final class OutboundTable implements OrderedCalls {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Database database;
  private final Clock clock;
  private final boolean shared;

  OutboundTable(Database database, RecordSettings settings, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.shared = settings.isShared();
  }

  @Override
  public Verdict begin(String name, Duration longest, int mostAtOnce, int mostAMinute) {
    if (!shared) {
      return Verdict.ALONE;
    }
    return database
        .answer(() -> database.transaction(() -> begun(name, longest, mostAtOnce, mostAMinute)))
        .orElse(Verdict.AWAY);
  }

  private Verdict begun(String name, Duration longest, int mostAtOnce, int mostAMinute) {
    database
        .client()
        .sql("select chore from chores where chore = 'outbound' for update")
        .query(String.class)
        .single();
    Instant now = clock.instant();
    if (count("select count(*) from outbound_calls where name = :name", "name", name) > 0) {
      return Verdict.KNOWN;
    }
    if (underWay(now) >= mostAtOnce) {
      return Verdict.TOO_MANY_AT_ONCE;
    }
    @Nullable Object since = CallStore.column(now.minus(MINUTE));
    if (count("select count(*) from outbound_calls where began_at > :since", "since", since)
        >= mostAMinute) {
      return Verdict.TOO_MANY_A_MINUTE;
    }
    write(name, now, now.plus(longest));
    return Verdict.BEGUN;
  }

  /** A call whose end stands in the record is over, though nobody told it here. */
  private long underWay(Instant now) {
    return count(
        "select count(*) from outbound_calls where until_at > :now and not exists"
            + " (select 1 from calls where call_sid = name and phase <> 'active')",
        "now",
        CallStore.column(now));
  }

  private long count(String question, String name, @Nullable Object value) {
    return database.client().sql(question).param(name, value).query(Long.class).single();
  }

  private void write(String name, Instant began, Instant until) {
    database
        .client()
        .sql("insert into outbound_calls (name, began_at, until_at) values (:name, :began, :until)")
        .param("name", name)
        .param("began", CallStore.column(began))
        .param("until", CallStore.column(until))
        .update();
  }

  @Override
  public void over(String name) {
    if (shared) {
      database.answer(() -> end(name));
    }
  }

  private int end(String name) {
    Instant now = clock.instant();
    return database
        .impatient()
        .sql("update outbound_calls set until_at = :now where name = :name and until_at > :now")
        .param("now", CallStore.column(now))
        .param("name", name)
        .update();
  }
}
