package io.voicegateway.console.web;

import io.voicegateway.operator.Refusal;
import io.voicegateway.record.CallQuery;
import io.voicegateway.record.Cursor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for.
 *
 * @param q the end of a number, or the beginning of a call's id; empty for anything
 * @param state active, ended or failed; empty for any
 * @param cause a cause's stable name; empty for any
 */
record Wanted(String q, String state, String cause) {

  private static final Set<String> STATES = Set.of("", "active", "ended", "failed");
  private static final int BAD_REQUEST = 400;

  boolean isAnything() {
    return q.isEmpty() && state.isEmpty() && cause.isEmpty();
  }

  /**
   * As the record is asked.
   *
   * @throws Refusal when it cannot be asked for that
   */
  CallQuery query(@Nullable Cursor after, int most) {
    if (!STATES.contains(state)) {
      throw new Refusal(BAD_REQUEST, "The state must be active, ended or failed.");
    }
    return CallQuery.typed(orNull(state), null, orNull(cause), q, after, most);
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
