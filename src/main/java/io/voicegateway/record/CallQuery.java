package io.voicegateway.record;

import io.voicegateway.operator.Refusal;
import io.voicegateway.project.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which calls are looked for; of several conditions all must hold.
 *
 * @param phase active, ended or failed; null for all
 * @param project in whose LiveKit they are, or were last; null for any
 * @param cause the stable name of why they ended; null for any
 * @param numberEnd how one of both numbers ends, at least {@value CallStore#TAIL} characters; null
 *     for any
 * @param idStart how the call's id begins; null for any. With the end of a number, either will do
 * @param after the place in the list after which to begin, null for its head
 * @param most how many are wanted
 */
public record CallQuery(
    @Nullable String phase,
    @Nullable String project,
    @Nullable String cause,
    @Nullable String numberEnd,
    @Nullable String idStart,
    @Nullable Cursor after,
    int most) {

  /** What can be looked for, for whoever looks in vain. */
  public static final String SEARCHABLE =
      "Calls are found by the last digits of either number or by the beginning of their id, at"
          + " least three characters, and by their cause; not by a number's first digits.";

  /** Behind every letter and digit that an id may go on with. */
  private static final String BEHIND = "zzzz";

  private static final int BAD_REQUEST = 400;

  /** The newest calls in a phase. */
  public static CallQuery newest(@Nullable String phase, int most) {
    return new CallQuery(phase, null, null, null, null, null, most);
  }

  /**
   * What somebody types: the end of a number in any form, or the beginning of a call's id.
   *
   * @param typed empty for any call
   * @throws Refusal when it is too short
   */
  public static CallQuery typed(
      @Nullable String phase,
      @Nullable String project,
      @Nullable String cause,
      String typed,
      @Nullable Cursor after,
      int most) {
    if (typed.isEmpty()) {
      return new CallQuery(phase, project, cause, null, null, after, most);
    }
    if (typed.length() < CallStore.TAIL) {
      throw new Refusal(BAD_REQUEST, "Look for at least three characters.");
    }
    boolean isNumber = typed.matches("[+\\d][\\d ().-]*");
    String end = isNumber ? typed.replaceAll("[ ().-]", "") : typed;
    return new CallQuery(phase, project, cause, end, typed, after, most);
  }

  /** An SQL condition for each index that may find some. */
  List<String> ways(Map<String, Object> values) {
    List<String> ways = new ArrayList<>();
    if (numberEnd != null) {
      values.put("tail", CallStore.tail(numberEnd));
      values.put("end", "%" + literally(numberEnd));
      ways.add(" and caller_tail = :tail and caller like :end");
      ways.add(" and called_tail = :tail and called like :end");
    }
    if (idStart != null) {
      values.put("id", idStart);
      values.put("behind", idStart + BEHIND);
      values.put("start", literally(idStart) + "%");
      ways.add(" and call_sid >= :id and call_sid <= :behind and call_sid like :start");
    }
    return ways.isEmpty() ? List.of("") : ways;
  }

  /** The conditions that hold for all of these. */
  String filter(Map<String, Object> values) {
    StringBuilder sql = new StringBuilder();
    if (phase != null) {
      sql.append(" and phase = :phase");
      values.put("phase", phase);
    }
    if (project != null) {
      sql.append(" and coalesce(project, '" + Project.STANDARD + "') = :project");
      values.put("project", project);
    }
    if (cause != null) {
      sql.append(" and cause = :cause");
      values.put("cause", cause);
    }
    if (after != null) {
      sql.append(" and started_at <= :at and (started_at < :at or call_sid < :sid)");
      values.put("at", CallStore.column(after.startedAt()));
      values.put("sid", after.callSid());
    }
    return sql.toString();
  }

  /** Newest first, by an index. */
  String order() {
    return " order by %sstarted_at desc, call_sid desc limit %d"
        .formatted(phase == null ? "" : "phase, ", most);
  }

  private static String literally(String text) {
    return text.replaceAll("([\\\\%_])", "\\\\$1");
  }
}
