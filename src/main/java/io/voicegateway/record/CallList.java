package io.voicegateway.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallRecord;
import io.voicegateway.operator.Refusal;
import io.voicegateway.project.Project;
import io.voicegateway.project.Projects;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What operators ask of the calls' record. */
@Component("callList")
final class CallList {

  private static final Set<String> STATES = Set.of("active", "ended", "failed", "all");
  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST = 500;
  private static final int NOT_FOUND = 404;

  private final Database database;
  private final CallStore store;
  private final ObjectMapper json;
  private final Projects projects;

  CallList(Database database, CallStore store, ObjectMapper json, Projects projects) {
    this.projects = projects;
    this.database = database;
    this.store = store;
    this.json = json;
  }

  /**
   * Some calls, newest first.
   *
   * @param next what to ask for {@code before} to get the following ones; missing at the end
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<CallRecord> calls, @Nullable String next) {}

  /**
   * Calls, newest first.
   *
   * @param state active, ended, failed or all; active unless asked for
   * @param project in whose LiveKit they are, or were last; any unless asked for
   * @param before the {@code next} of the page before
   * @param full true for whole numbers
   * @throws Refusal when a parameter is wrong or the database is away
   */
  Page page(
      @Header("state") @Nullable String state,
      @Header("limit") @Nullable String limit,
      @Header("before") @Nullable String before,
      @Header("project") @Nullable String project,
      @Header("full") @Nullable String full) {
    String phase = state == null ? "active" : state;
    if (!STATES.contains(phase)) {
      throw new Refusal(400, "state must be active, ended, failed or all.");
    }
    if (project != null && !projects.names().contains(project)) {
      throw new Refusal(400, "project must be one of " + String.join(", ", projects.names()) + ".");
    }
    int most = limit(limit);
    @Nullable Cursor from = before == null ? null : Cursor.parse(before);
    List<CallRecord> calls = answered(() -> list(phase, project, from, most + 1));
    List<CallRecord> page = calls.subList(0, Math.min(most, calls.size()));
    return new Page(
        page.stream().map(call -> shown(call, full)).toList(),
        calls.size() > most ? Cursor.after(page.get(most - 1)).text() : null);
  }

  /**
   * One call with its timeline.
   *
   * @throws Refusal when nobody knows it or the database is away
   */
  CallRecord call(@Header("call_sid") String callSid, @Header("full") @Nullable String full) {
    List<CallEvent> events = answered(() -> store.eventsOf(callSid));
    if (events.isEmpty()) {
      throw new Refusal(NOT_FOUND, "Nothing is known of this call.");
    }
    return shown(CallRecord.of(events), full);
  }

  private List<CallRecord> list(
      String phase, @Nullable String project, @Nullable Cursor from, int most) {
    Map<String, Object> values = new HashMap<>();
    StringBuilder sql = new StringBuilder("select body from calls where body <> ''");
    if (!phase.equals("all")) {
      sql.append(" and phase = :phase");
      values.put("phase", phase);
    }
    if (project != null) {
      sql.append(" and coalesce(project, '" + Project.STANDARD + "') = :project");
      values.put("project", project);
    }
    if (from != null) {
      sql.append(" and started_at <= :at and (started_at < :at or call_sid < :sid)");
      values.put("at", CallStore.column(from.startedAt()));
      values.put("sid", from.callSid());
    }
    sql.append(" order by ").append(phase.equals("all") ? "" : "phase, ");
    sql.append("started_at desc, call_sid desc limit ").append(most);
    return database
        .impatient()
        .sql(sql.toString())
        .params(values)
        .query(String.class)
        .list()
        .stream()
        .map(this::call)
        .toList();
  }

  /** What the database says, or at once that it is away. */
  private <T> T answered(Supplier<T> question) {
    return database.answer(question).orElseThrow(CallList::away);
  }

  private static Refusal away() {
    return new Refusal(
        503, "The calls' database does not answer. Calls go on; what is heard of them is kept.");
  }

  private static CallRecord shown(CallRecord call, @Nullable String full) {
    return "true".equals(full) ? call : call.masked();
  }

  private CallRecord call(String body) {
    try {
      return json.readValue(body, CallRecord.class);
    } catch (JsonProcessingException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static int limit(@Nullable String text) {
    int limit =
        text == null ? DEFAULT_LIMIT : text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > MOST) {
      throw new Refusal(400, "limit must be a number from 1 to " + MOST + ".");
    }
    return limit;
  }
}
