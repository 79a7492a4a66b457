package io.voicegateway.admission;

import static java.util.stream.Collectors.groupingBy;

import io.voicegateway.call.Call;
import io.voicegateway.call.Newest;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.call.TurnedAway.Reason;
import io.voicegateway.call.record.ActiveCalls;
import io.voicegateway.call.record.ActiveCalls.ActiveCall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Counts the calls of a plan entry that has a most, and all together where there is a most for
 * them: those that the record shows under way, of all gateways, and those that were let through
 * here and do not stand there yet. While the record cannot be asked, those of this gateway alone
 * count. A call whose end nobody told counts until its longest time is over.
 */
@Component
final class Seats {

  /** How old what the record showed may be. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  /** After that a call stands in the record, or is over. */
  private static final Duration WRITTEN = Duration.ofSeconds(10);

  /** How much longer than the talk a call may last. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private static final int MOST_GONE = 10_000;

  private final NumberPlan plan;
  private final ActiveCalls record;
  private final Clock clock;
  private final Map<String, Seat> own = new HashMap<>();
  private final Set<String> gone = Newest.of(MOST_GONE);
  private Shown shown = new Shown(Map.of(), Instant.MIN);

  Seats(NumberPlan plan, ActiveCalls record, Clock clock) {
    this.plan = plan;
    this.record = record;
    this.clock = clock;
  }

  /** A call that was let through here. */
  private record Seat(PlanEntry entry, Instant since) {}

  /** What the record showed, by the number of the plan's entry. */
  private record Shown(Map<String, List<ActiveCall>> calls, Instant at) {

    boolean has(String callSid, PlanEntry entry) {
      return calls.getOrDefault(entry.number(), List.of()).stream()
          .anyMatch(call -> call.callSid().equals(callSid));
    }
  }

  /**
   * Takes a seat for a call, which has one already when its hook comes twice.
   *
   * @return null, or why there is none
   */
  synchronized @Nullable Reason take(Call call) {
    PlanEntry entry = call.plan();
    int most = entry.limits().mostCalls();
    if ((most == 0 && plan.mostCalls() == 0) || own.containsKey(call.sid())) {
      return null;
    }
    Instant now = clock.instant();
    own.values().removeIf(seat -> isOver(seat.entry, seat.since, now));
    if (most > 0 && underWay(entry, now).size() >= most) {
      return Reason.FULL;
    }
    if (plan.mostCalls() > 0 && underWay(now).size() >= plan.mostCalls()) {
      return Reason.GATEWAY_FULL;
    }
    own.put(call.sid(), new Seat(entry, now));
    return null;
  }

  /** A call needs its seat no more. */
  synchronized void leave(String callSid) {
    own.remove(callSid);
    gone.add(callSid);
  }

  /** Looks into the record, if there is anything to count; for the thread that may wait for it. */
  void look() {
    if (plan.mostCalls() == 0
        && plan.entries().stream().noneMatch(entry -> entry.limits().mostCalls() > 0)) {
      return;
    }
    Instant now = clock.instant();
    record
        .withAgents()
        .ifPresent(
            calls ->
                see(
                    new Shown(
                        calls.stream()
                            .collect(groupingBy(call -> plan.choose(call.ownNumber()).number())),
                        now)));
  }

  private synchronized void see(Shown now) {
    shown = now;
    Instant written = now.at.minus(WRITTEN);
    own.entrySet()
        .removeIf(
            seat ->
                seat.getValue().since.isBefore(written)
                    && !now.has(seat.getKey(), seat.getValue().entry));
  }

  private Set<String> underWay(Instant now) {
    Set<String> sids = new HashSet<>();
    plan.entries().forEach(entry -> sids.addAll(underWay(entry, now)));
    return sids;
  }

  private Set<String> underWay(PlanEntry entry, Instant now) {
    Set<String> sids = new HashSet<>();
    own.forEach(
        (sid, seat) -> {
          if (seat.entry.number().equals(entry.number())) {
            sids.add(sid);
          }
        });
    if (shown.at.isAfter(now.minus(FRESH))) {
      shown.calls.getOrDefault(entry.number(), List.of()).stream()
          .filter(call -> !gone.contains(call.callSid()) && !isOver(entry, call.since(), now))
          .forEach(call -> sids.add(call.callSid()));
    }
    return sids;
  }

  private static boolean isOver(PlanEntry entry, Instant since, Instant now) {
    Duration longest =
        Duration.ofSeconds((long) entry.longestSeconds() + entry.dialTimeoutSeconds());
    return since.plus(longest).plus(MARGIN).isBefore(now);
  }
}
