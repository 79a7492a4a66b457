package io.voicegateway.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voicegateway.deadletter.Letter;
import io.voicegateway.deadletter.Letter.State;
import io.voicegateway.deadletter.SharedLetters;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The dead letters of all gateways in the PostgreSQL that they share; an H2 holds none. */
@Component
final class DeadLetterTable implements SharedLetters {

  /** Longer than anything takes that a letter asks for; then its gateway must have died. */
  private static final Duration CLAIM = Duration.ofMinutes(10);

  private static final Duration TIDY = Duration.ofMinutes(1);

  private final Database database;
  private final Chores chores;
  private final ObjectMapper json;
  private final Clock clock;
  private final boolean shared;

  DeadLetterTable(
      Database database, Chores chores, RecordSettings settings, ObjectMapper json, Clock clock) {
    this.database = database;
    this.chores = chores;
    this.json = json;
    this.clock = clock;
    this.shared = settings.isPostgres();
  }

  @Override
  public boolean isUp() {
    return shared && database.isUp();
  }

  @Override
  public boolean isOurTurn() {
    return chores.isOurTurn("dead-letters", TIDY);
  }

  @Override
  public void add(Letter letter) {
    String original = letter.body() == null ? letter.bytes() : letter.body();
    database
        .client()
        .sql(
            "insert into dead_letters (id, at, state, cause, letter, original, is_text, size) values"
                + " (:id, :at, :state, :cause, :letter, :original, :text, :size)"
                + " on conflict do nothing")
        .param("id", letter.id())
        .param("at", CallStore.column(letter.at()))
        .param("state", letter.state().word())
        .param("cause", letter.cause())
        .param("letter", text(letter))
        .param("original", storable(original))
        .param("text", letter.bytes() == null)
        .param("size", original == null ? 0 : original.getBytes(StandardCharsets.UTF_8).length)
        .update();
  }

  /** PostgreSQL's texts cannot hold this one character. */
  private static @Nullable String storable(@Nullable String text) {
    return text == null ? null : text.replace('\0', '\uFFFD');
  }

  @Override
  public void save(Letter letter) {
    database
        .client()
        .sql(
            "update dead_letters set state = :state, letter = :letter, original ="
                + " case when :state = 'discarded' then null else original end where id = :id")
        .param("state", letter.state().word())
        .param("letter", text(letter))
        .param("id", letter.id())
        .update();
  }

  @Override
  public boolean claim(String id) {
    Instant now = clock.instant();
    return database
            .impatient()
            .sql(
                "update dead_letters set claimed_until = :until where id = :id and state = 'waiting'"
                    + " and (claimed_until is null or claimed_until < :now)")
            .param("until", CallStore.column(now.plus(CLAIM)))
            .param("now", CallStore.column(now))
            .param("id", id)
            .update()
        == 1;
  }

  @Override
  public void release(String id) {
    database
        .impatient()
        .sql("update dead_letters set claimed_until = null where id = :id")
        .param("id", id)
        .update();
  }

  @Override
  public Optional<Letter> find(String id) {
    return database
        .impatient()
        .sql("select letter, original, is_text from dead_letters where id = :id")
        .param("id", id)
        .query(
            (row, number) -> {
              boolean isText = row.getBoolean(3);
              String original = row.getString(2);
              return letter(row.getString(1))
                  .withOriginal(isText ? original : null, isText ? null : original);
            })
        .optional();
  }

  @Override
  public Page page(Wanted wanted) {
    return new Page(letters(wanted), kinds(), waiting());
  }

  private List<Letter> letters(Wanted wanted) {
    Map<String, Object> values = new HashMap<>();
    StringBuilder sql = new StringBuilder("select letter from dead_letters where true");
    if (wanted.state() != null) {
      sql.append(" and state = :state");
      values.put("state", wanted.state().word());
    }
    if (wanted.cause() != null) {
      sql.append(" and cause = :cause");
      values.put("cause", wanted.cause());
    }
    if (wanted.from() != null) {
      sql.append(" and (at, id) ")
          .append(wanted.newestFirst() ? "<" : ">")
          .append(" (select at, id from dead_letters where id = :from)");
      values.put("from", wanted.from());
    }
    String order = wanted.newestFirst() ? " desc" : "";
    sql.append(" order by at").append(order).append(", id").append(order);
    sql.append(" limit ").append(wanted.limit());
    return database
        .impatient()
        .sql(sql.toString())
        .params(values)
        .query(String.class)
        .list()
        .stream()
        .map(this::letter)
        .toList();
  }

  private List<Kind> kinds() {
    return database
        .impatient()
        .sql(
            "select cause, letter::json->>'entry', coalesce(letter::json->>'unreadable', 'false'),"
                + " count(*) from dead_letters where state = 'waiting' group by 1, 2, 3"
                + " order by 4 desc, 1 limit "
                + Page.MOST_KINDS)
        .query(
            (row, number) ->
                new Kind(
                    row.getString(1),
                    row.getString(2),
                    Boolean.parseBoolean(row.getString(3)),
                    row.getLong(4)))
        .list();
  }

  @Override
  public long waiting() {
    return database
        .impatient()
        .sql("select count(*) from dead_letters where state = 'waiting'")
        .query(Long.class)
        .single();
  }

  @Override
  public int forget(Limits limits) {
    List<String> states =
        database
            .client()
            .sql(
                "delete from dead_letters where id in (select id from (select id, at,"
                    + " row_number() over worth as place, sum(size) over worth as bytes"
                    + " from dead_letters window worth as"
                    + " (order by case when state = 'waiting' then 0 else 1 end, at desc, id desc)"
                    + ") as ranked where at < :before or place > :most or bytes > :bytes)"
                    + " and (claimed_until is null or claimed_until < :now) returning state")
            .param("before", CallStore.column(limits.before()))
            .param("most", limits.most())
            .param("bytes", limits.mostBytes())
            .param("now", CallStore.column(clock.instant()))
            .query(String.class)
            .list();
    return (int) states.stream().filter(State.WAITING.word()::equals).count();
  }

  private String text(Letter letter) {
    try {
      return json.writeValueAsString(letter.withoutOriginal());
    } catch (JsonProcessingException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private Letter letter(String text) {
    try {
      return json.readValue(text, Letter.class);
    } catch (JsonProcessingException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
