package io.voicegateway.record;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.voicegateway.call.record.CallChange;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallRecord;
import io.voicegateway.call.record.CallState;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes events and what becomes of their calls. A call's row is locked first, or written if there
 * is none, in the order of the ids: two gateways that heard of the same call write one after the
 * other.
 */
@Component
final class CallStore {

  /** What its column holds. */
  private static final int LONGEST_NUMBER = 200;

  /** The end of a number by which it is found. */
  static final int TAIL = 3;

  private final Database database;
  private final ObjectMapper json;
  private final ObjectReader events;
  private final Clock clock;

  CallStore(Database database, ObjectMapper json, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.json = json;
    this.events =
        json.readerFor(CallEvent.class).without(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE);
  }

  /**
   * Writes all or, when it fails, nothing. What is there already is not written again.
   *
   * @return the calls that came into another state by this
   */
  List<CallChange> write(Collection<CallEvent> heard) {
    Map<String, List<CallEvent>> news =
        heard.stream().collect(groupingBy(CallEvent::callSid, TreeMap::new, toList()));
    return database.transaction(
        () -> {
          Map<String, CallState> before = lock(news.keySet());
          List<Told> calls = new ArrayList<>(begin(news, before.keySet()));
          note(heard);
          calls.addAll(goOn(before.keySet()));
          return changes(before, calls);
        });
  }

  /** Writes what nothing was heard of yet, which another gateway may be doing too. */
  private List<Told> begin(Map<String, List<CallEvent>> news, Set<String> known) {
    List<Told> calls =
        news.entrySet().stream()
            .filter(call -> !known.contains(call.getKey()))
            .map(call -> Told.of(onceEach(call.getValue())))
            .toList();
    int[] written =
        database
            .template()
            .batchUpdate(
                "insert into calls (phase, state, started_at, ended_at, last_heard_at, own_number,"
                    + " project, cause, caller, caller_tail, called, called_tail, body, call_sid)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                calls.stream().map(this::callRow).toList());
    if (Arrays.stream(written).anyMatch(rows -> rows == 0)) {
      throw new ConcurrencyFailureException("another gateway heard of the same call just now");
    }
    return calls;
  }

  private static List<CallEvent> onceEach(List<CallEvent> heard) {
    Set<String> keys = new HashSet<>();
    return heard.stream().filter(event -> keys.add(event.key())).toList();
  }

  private void note(Collection<CallEvent> heard) {
    database
        .template()
        .batchUpdate(
            "insert into events (call_sid, event_key, at, body) values (?, ?, ?, ?)"
                + " on conflict do nothing",
            heard.stream().map(this::eventRow).toList());
  }

  /** Writes what has become of calls of which something was heard before. */
  private List<Told> goOn(Set<String> known) {
    if (known.isEmpty()) {
      return List.of();
    }
    List<Told> calls = eventsOf(database.client(), known).values().stream().map(Told::of).toList();
    database
        .template()
        .batchUpdate(
            "update calls set phase = ?, state = ?, started_at = ?, ended_at = ?,"
                + " last_heard_at = ?, own_number = ?, project = ?, cause = ?, caller = ?,"
                + " caller_tail = ?, called = ?, called_tail = ?, body = ? where call_sid = ?",
            calls.stream().map(this::callRow).toList());
    return calls;
  }

  /** All that was heard of a call, and what it comes to. */
  private record Told(List<CallEvent> heard, CallRecord call) {
    static Told of(List<CallEvent> heard) {
      return new Told(heard, CallRecord.of(heard));
    }
  }

  private List<CallChange> changes(Map<String, CallState> before, List<Told> calls) {
    return calls.stream()
        .map(Told::call)
        .map(
            call ->
                CallChange.of(before.get(call.callSid()), call.withoutTimeline(), clock.instant()))
        .filter(change -> change.oldState() != change.newState())
        .toList();
  }

  /** Everything that was heard of a call, as far as it can be read; empty for an unknown one. */
  List<CallEvent> eventsOf(String callSid) {
    return eventsOf(List.of(callSid)).getOrDefault(callSid, List.of());
  }

  /** The same of several calls; unknown ones are missing. */
  Map<String, List<CallEvent>> eventsOf(Collection<String> callSids) {
    return eventsOf(database.impatient(), callSids);
  }

  /** The states in which the calls were of which something was heard before. */
  private Map<String, CallState> lock(Set<String> sids) {
    return database
        .client()
        .sql(
            "select call_sid, state from calls where call_sid in (:sids) order by call_sid"
                + " for update")
        .param("sids", sids)
        .query((row, number) -> Map.entry(row.getString(1), state(row.getString(2))))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static CallState state(String word) {
    return CallState.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private Map<String, List<CallEvent>> eventsOf(JdbcClient client, Collection<String> sids) {
    return client
        .sql("select body from events where call_sid in (:sids)")
        .param("sids", sids)
        .query(String.class)
        .list()
        .stream()
        .map(this::event)
        .filter(Objects::nonNull)
        .collect(groupingBy(CallEvent::callSid));
  }

  private Object[] eventRow(CallEvent event) {
    return new Object[] {event.callSid(), event.key(), column(event.at()), text(event)};
  }

  private Object[] callRow(Told told) {
    CallRecord call = told.call();
    Instant last = told.heard().stream().map(CallEvent::at).max(Instant::compareTo).orElseThrow();
    return new Object[] {
      phase(call.state()),
      call.state().word(),
      column(call.startedAt()),
      column(call.endedAt()),
      column(last),
      ownNumber(told.heard(), call),
      call.project(),
      call.causeCode(),
      number(call.from()),
      tail(call.from()),
      number(call.to()),
      tail(call.to()),
      text(call.withoutTimeline()),
      call.callSid()
    };
  }

  /** Ours, for a call that may be with an agent; null for one that was turned away. */
  private static @Nullable String ownNumber(List<CallEvent> heard, CallRecord call) {
    if (heard.stream().anyMatch(CallEvent.TurnedAway.class::isInstance)) {
      return null;
    }
    return number(call.direction().equals("outbound") ? call.from() : call.to());
  }

  private static String number(String whole) {
    return whole.substring(0, Math.min(whole.length(), LONGEST_NUMBER));
  }

  /** What its column holds of a number's end. */
  static String tail(String number) {
    return number.substring(Math.max(0, number.length() - TAIL));
  }

  /** In which list a call stands: active, ended or failed. */
  private static String phase(CallState state) {
    return state.isOver() ? state.word() : "active";
  }

  /** A time as its column has it. */
  static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** A time as its column holds it, in microseconds. */
  static @Nullable OffsetDateTime column(@Nullable Instant at) {
    return at == null ? null : at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Null for an event of a kind that another version of the gateway knows. */
  private @Nullable CallEvent event(String body) {
    try {
      return events.readValue(body);
    } catch (JsonProcessingException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
