package io.voicegateway.console.web;

import io.voicegateway.call.record.CallRecord;
import io.voicegateway.call.record.CallState;
import io.voicegateway.call.record.Cause;
import java.time.Instant;
import java.util.Objects;

/**
 * A call in a list, numbers masked.
 *
 * @param started for people
 * @param lasted so far, or the talk when it is over
 * @param advice what to do about the cause, empty if nothing
 * @param ordered whether it went as an operator wants it
 */
record CallLine(
    String callSid,
    String startedAt,
    String started,
    String lasted,
    CallState state,
    String from,
    String to,
    String agent,
    String project,
    String cause,
    String advice,
    boolean ordered) {

  private static final int SHORT = 8;

  static CallLine of(CallRecord whole, Instant now) {
    CallRecord call = whole.masked();
    return new CallLine(
        call.callSid(),
        call.startedAt().toString(),
        Times.of(call.startedAt(), now),
        call.state().isOver()
            ? Times.talk(call.durations().talkMs())
            : Times.between(call.startedAt(), now),
        call.state(),
        call.from(),
        call.to(),
        call.agent(),
        Objects.requireNonNullElse(call.project(), ""),
        Objects.requireNonNullElse(call.cause(), ""),
        Objects.requireNonNullElse(call.advice(), ""),
        Cause.of(call.causeCode()).filter(Cause::isOrdered).isPresent());
  }

  /** The beginning of its id, by which people tell calls apart. */
  String name() {
    return callSid.substring(0, Math.min(SHORT, callSid.length()));
  }

  /** Unique on a page, so that whoever stands on it stays there when the list changes. */
  String id() {
    return "call-" + callSid;
  }
}
