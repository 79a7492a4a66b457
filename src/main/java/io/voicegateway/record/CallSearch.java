package io.voicegateway.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallRecord;
import io.voicegateway.call.record.Cause;
import io.voicegateway.operator.Refusal;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Finds calls in the record, numbers in full. Every question meets a {@link Refusal} while the
 * database is away.
 */
@Component
public final class CallSearch {

  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  private final Database database;
  private final CallStore store;
  private final ObjectMapper json;

  CallSearch(Database database, CallStore store, ObjectMapper json) {
    this.database = database;
    this.store = store;
    this.json = json;
  }

  /**
   * What became of calls for the same reason.
   *
   * @param newest the last one of them
   */
  public record SameCause(long calls, CallRecord newest) {}

  /** Some calls, newest first. */
  public List<CallRecord> find(CallQuery query) {
    Map<String, Object> values = new HashMap<>();
    List<String> ways =
        query.ways(values).stream()
            .map(
                way ->
                    "(select call_sid, started_at, body from calls where body <> ''"
                        + (query.filter(values) + way + query.order() + ")"))
            .toList();
    String sql = ways.size() == 1 ? ways.get(0) : newest(ways, query.most());
    return answered(
        () ->
            database
                .impatient()
                .sql(sql)
                .params(values)
                .query((row, place) -> call(row.getString("body")))
                .list());
  }

  /** Not for one way alone: within another question H2 reads all calls of a phase. */
  private static String newest(List<String> ways, int most) {
    return "select body from (%s) found order by started_at desc, call_sid desc limit %d"
        .formatted(String.join(" union ", ways), most);
  }

  /** How many calls are under way. */
  public long underWay() {
    return answered(
        () ->
            database
                .impatient()
                .sql("select count(*) from calls where phase = 'active'")
                .query(Long.class)
                .single());
  }

  /**
   * Calls that did not go as they should, by their cause, the most frequent first: those in which
   * nobody talked to the caller, and others whose cause asks for something to be done.
   */
  public List<SameCause> failuresSince(Instant since) {
    List<String> faults =
        Arrays.stream(Cause.values()).filter(Cause::isFault).map(Cause::code).toList();
    return answered(
        () ->
            database
                .impatient()
                .sql(
                    "select number, body from (select body,"
                        + " count(*) over (partition by cause) as number,"
                        + " row_number() over (partition by cause"
                        + " order by started_at desc, call_sid desc) as place"
                        + " from calls where cause is not null and started_at > :since"
                        + " and (phase = 'failed' or (phase = 'ended' and cause in (:faults)))"
                        + ") causes where place = 1 order by number desc, body")
                .param("since", CallStore.column(since))
                .param("faults", faults)
                .query((row, place) -> new SameCause(row.getLong(1), call(row.getString(2))))
                .list());
  }

  /**
   * Everything that was heard of a call.
   *
   * @throws Refusal when nobody knows it
   */
  public List<CallEvent> eventsOf(String callSid) {
    List<CallEvent> events = answered(() -> store.eventsOf(callSid));
    if (events.isEmpty()) {
      throw new Refusal(NOT_FOUND, "Nothing is known of this call.");
    }
    return events;
  }

  private <T> T answered(Supplier<T> question) {
    return database
        .answer(question)
        .orElseThrow(
            () ->
                new Refusal(
                    UNAVAILABLE,
                    "The calls' database does not answer. Calls go on; what is heard of them is"
                        + " kept."));
  }

  private CallRecord call(String body) {
    try {
      return json.readValue(body, CallRecord.class);
    } catch (JsonProcessingException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
