package io.voicegateway.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.voicegateway.call.record.CallRecord;
import io.voicegateway.call.record.Cause;
import io.voicegateway.operator.Refusal;
import io.voicegateway.project.Projects;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What operators ask of the calls' record. */
@Component("callList")
final class CallList {

  private static final Set<String> STATES = Set.of("active", "ended", "failed", "all");
  private static final int DEFAULT_LIMIT = 50;
  private static final int MOST = 500;

  private final CallSearch search;
  private final Projects projects;

  CallList(CallSearch search, Projects projects) {
    this.search = search;
    this.projects = projects;
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
   * @param state active, ended, failed or all; active unless that or anything below is asked for
   * @param typed the end of a number, or the beginning of a call's id
   * @param cause the stable name of why they ended
   * @param project in whose LiveKit they are, or were last; any unless asked for
   * @param before the {@code next} of the page before
   * @param full true for whole numbers
   * @throws Refusal when a parameter is wrong or the database is away
   */
  Page page(
      @Header("state") @Nullable String state,
      @Header("q") @Nullable String typed,
      @Header("cause") @Nullable String cause,
      @Header("limit") @Nullable String limit,
      @Header("before") @Nullable String before,
      @Header("project") @Nullable String project,
      @Header("full") @Nullable String full) {
    String usual = typed == null && cause == null ? "active" : "all";
    String phase = Objects.requireNonNullElse(state, usual);
    if (!STATES.contains(phase)) {
      throw new Refusal(400, "state must be active, ended, failed or all.");
    }
    if (cause != null && Cause.of(cause).isEmpty()) {
      throw new Refusal(400, "cause must be a cause_code, as docs/operations.md lists them.");
    }
    if (project != null && !projects.names().contains(project)) {
      throw new Refusal(400, "project must be one of " + String.join(", ", projects.names()) + ".");
    }
    int most = limit(limit);
    @Nullable Cursor from = before == null ? null : Cursor.parse(before);
    List<CallRecord> calls =
        search.find(
            CallQuery.typed(
                phase.equals("all") ? null : phase,
                project,
                cause,
                typed == null ? "" : typed.strip(),
                from,
                most + 1));
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
    return shown(CallRecord.of(search.eventsOf(callSid)), full);
  }

  private static CallRecord shown(CallRecord call, @Nullable String full) {
    return "true".equals(full) ? call : call.masked();
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
