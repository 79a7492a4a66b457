package io.voicegateway.call.record;

import io.voicegateway.call.record.CallEvent.Answered;
import io.voicegateway.call.record.CallEvent.DialEnded;
import io.voicegateway.call.record.CallEvent.Leg;
import io.voicegateway.call.record.CallEvent.Received;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether anybody but an announcement was put through to the caller, and when. The hook that says
 * so may be lost: then the caller's own leg tells, or how long a leg was up.
 *
 * @param happened whether there was a talk
 * @param since since when, empty also when that is not known
 */
record Talk(boolean happened, Optional<Instant> since) {

  static Talk of(
      Optional<Received> received,
      Optional<Answered> answered,
      List<DialEnded> dials,
      List<Leg> legs) {
    List<Leg> far = legs.stream().filter(Leg::far).toList();
    boolean dialled = answered.map(Answered::dials).orElse(!dials.isEmpty() || !far.isEmpty());
    boolean tells = dialled && !wasUpBefore(received) && !isAnnounced(dials) && mayBeUp(far);
    List<Leg> telling = tells ? farFirst(legs) : far;
    boolean completed = dials.stream().anyMatch(AgentDial::isCompleted);
    boolean up =
        telling.stream().anyMatch(leg -> LegStatus.isUp(leg) || LegStatus.isCompleted(leg));
    return new Talk(completed || up, since(telling));
  }

  /** A person whom we called is on the line before anybody is dialled. */
  private static boolean wasUpBefore(Optional<Received> received) {
    return received.filter(call -> call.direction().equals("outbound")).isPresent();
  }

  /** Whether the caller's leg may have been answered by an announcement. */
  private static boolean isAnnounced(List<DialEnded> dials) {
    return dials.stream().anyMatch(dial -> !dial.next().isEmpty() && !dial.dials())
        && dials.stream().noneMatch(AgentDial::isCompleted);
  }

  /** Whether not every leg that was dialled is known to have failed. */
  private static boolean mayBeUp(List<Leg> far) {
    Set<String> failed =
        far.stream().filter(LegStatus::isUnanswered).map(Leg::sid).collect(Collectors.toSet());
    return far.isEmpty() || far.stream().anyMatch(leg -> !failed.contains(leg.sid()));
  }

  private static List<Leg> farFirst(List<Leg> legs) {
    return Stream.concat(legs.stream().filter(Leg::far), legs.stream().filter(leg -> !leg.far()))
        .toList();
  }

  private static Optional<Instant> since(List<Leg> telling) {
    return telling.stream()
        .filter(LegStatus::isUp)
        .map(CallEvent::at)
        .findFirst()
        .or(() -> telling.stream().flatMap(Talk::begin).findFirst());
  }

  private static Stream<Instant> begin(Leg leg) {
    @Nullable Integer seconds = leg.seconds();
    return LegStatus.isCompleted(leg) && seconds != null
        ? Stream.of(leg.at().minusSeconds(seconds))
        : Stream.empty();
  }
}
