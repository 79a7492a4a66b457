package io.voicegateway.console.web;

import io.voicegateway.call.record.CallRecord;
import io.voicegateway.deadletter.LetterDesk;
import io.voicegateway.operator.Refusal;
import io.voicegateway.record.CallQuery;
import io.voicegateway.record.CallSearch;
import io.voicegateway.record.CallSearch.SameCause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * What is going on, as HTML. However many look at it, the database is asked twice a second at most,
 * and not at all while nobody looks.
 */
@Component
final class LiveBoard {

  private static final Duration LOOK = Duration.ofMillis(450);
  private static final Duration LOOK_AT_FAILURES = Duration.ofSeconds(2);
  private static final int MOST = 100;

  /** How far back failures are counted. */
  static final Duration LATELY = Duration.ofHours(1);

  private final CallSearch calls;
  private final LetterDesk desk;
  private final Templates templates;
  private final Clock clock;

  private Shown shown = new Shown("", "");
  private Instant looked = Instant.EPOCH;
  private Instant lookedAtFailures = Instant.EPOCH;

  LiveBoard(CallSearch calls, LetterDesk desk, Templates templates, Clock clock) {
    this.calls = calls;
    this.desk = desk;
    this.templates = templates;
    this.clock = clock;
  }

  /** Both parts, fit for every visitor. */
  record Shown(String calls, String failures) {}

  /**
   * Calls of one cause.
   *
   * @param code the cause's stable name
   */
  record Failures(long calls, String code, CallLine newest) {

    static Failures of(SameCause same, Instant now) {
      return new Failures(
          same.calls(), String.valueOf(same.newest().causeCode()), CallLine.of(same.newest(), now));
    }
  }

  /** As of now. */
  synchronized Shown now() {
    Instant now = clock.instant();
    if (looked.plus(LOOK).isBefore(now)) {
      boolean both = lookedAtFailures.plus(LOOK_AT_FAILURES).isBefore(now);
      lookedAtFailures = both ? now : lookedAtFailures;
      shown =
          new Shown(
              answered(() -> underWay(now)),
              both ? answered(() -> failures(now)) : shown.failures());
      looked = now;
    }
    return shown;
  }

  private String underWay(Instant now) {
    List<CallRecord> newest = calls.find(CallQuery.newest("active", MOST));
    long all = newest.size() < MOST ? newest.size() : calls.underWay();
    return templates
        .liveCalls(newest.stream().map(call -> CallLine.of(call, now)).toList(), all)
        .render();
  }

  private String failures(Instant now) {
    Map<Boolean, List<Failures>> causes =
        calls.failuresSince(now.minus(LATELY)).stream()
            .map(same -> Failures.of(same, now))
            .collect(Collectors.partitioningBy(same -> same.newest().ordered()));
    return templates
        .liveFailures(
            causes.getOrDefault(false, List.of()), causes.getOrDefault(true, List.of()), letters())
        .render();
  }

  /** How many dead letters wait, as far as anybody can tell. */
  private long letters() {
    try {
      return desk.waiting();
    } catch (RuntimeException unreadable) {
      return 0;
    }
  }

  private String answered(Supplier<String> question) {
    try {
      return question.get();
    } catch (Refusal away) {
      return templates.notice(away.sentence()).render();
    }
  }
}
