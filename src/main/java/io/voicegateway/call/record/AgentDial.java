package io.voicegateway.call.record;

import io.voicegateway.call.Rung;
import io.voicegateway.call.record.CallEvent.Answered;
import io.voicegateway.call.record.CallEvent.DialEnded;
import io.voicegateway.call.record.CallEvent.Leg;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The dial to the agent at LiveKit, apart from those to persons that may have followed it. Which
 * leg is its own is told by the dial's end; of a dial whose end was not heard it is what no other
 * dial claims. Of several dials to the agent, as a caller may come back to him, the last that
 * reached him counts, else the first.
 */
final class AgentDial {

  private static final Set<String> FIRST_WAYS = Set.of(Rung.ROOM, Rung.BY_NUMBER, Rung.ANYWAY);

  private final boolean dialled;
  private final boolean followed;
  private final Optional<DialEnded> end;
  private final List<Leg> legs;

  /**
   * @param known legs that are known to be an agent's before their dial's end was heard
   */
  AgentDial(
      Optional<Answered> answered, List<DialEnded> ends, List<Leg> farLegs, Set<String> known) {
    List<DialEnded> own = ends.stream().filter(AgentDial::isToAgent).toList();
    followed = own.size() < ends.size();
    end = way(own);
    dialled =
        end.isPresent() || answered.map(Answered::rung).map(Rung::isToAgent).orElse(ends.isEmpty());
    Set<String> sids =
        Stream.concat(sids(own.stream()), known.stream()).collect(Collectors.toSet());
    Set<String> others =
        sids(ends.stream().filter(dial -> !isToAgent(dial))).collect(Collectors.toSet());
    Predicate<Leg> isOwn =
        sids.isEmpty() ? leg -> !others.contains(leg.sid()) : leg -> sids.contains(leg.sid());
    legs = dialled ? farLegs.stream().filter(isOwn).toList() : List.of();
  }

  private static Optional<DialEnded> way(List<DialEnded> own) {
    List<DialEnded> first = own.stream().filter(AgentDial::isFirstWay).toList();
    return own.stream()
        .filter(dial -> !isFirstWay(dial) && isCompleted(dial))
        .reduce((earlier, later) -> later)
        .or(() -> first.stream().filter(dial -> !isCompleted(dial)).findFirst())
        .or(() -> first(first))
        .or(() -> first(own));
  }

  private static boolean isFirstWay(DialEnded dial) {
    return FIRST_WAYS.contains(dial.rung());
  }

  private static Stream<String> sids(Stream<DialEnded> ends) {
    return ends.map(DialEnded::dialSid).filter(Objects::nonNull);
  }

  static boolean isToAgent(DialEnded dial) {
    return Rung.isToAgent(dial.rung());
  }

  static boolean isCompleted(DialEnded dial) {
    return dial.status().equals("completed");
  }

  /** Whether the caller was sent to the agent at all. */
  boolean isDialled() {
    return dialled;
  }

  boolean owns(Leg leg) {
    return legs.contains(leg);
  }

  Optional<DialEnded> end() {
    return end;
  }

  /** Whether it is known to have ended without reaching the agent. */
  boolean isFailed() {
    if (end.isPresent()) {
      return !isCompleted(end.get());
    }
    boolean up = legs.stream().anyMatch(leg -> LegStatus.isUp(leg) || LegStatus.isCompleted(leg));
    return !up && (followed || lastState().isPresent());
  }

  /** Whether LiveKit was to ring back. */
  boolean isRingBack() {
    return end.map(DialEnded::rung).filter(Rung.CALLBACK::equals).isPresent();
  }

  /**
   * In whose LiveKit it was.
   *
   * @param first where the call was to be in the beginning
   * @param last where it was last
   */
  @Nullable String project(@Nullable String first, @Nullable String last) {
    String rung = end.map(DialEnded::rung).orElse("");
    if (rung.startsWith(Rung.PROJECT)) {
      return rung.substring(Rung.PROJECT.length());
    }
    return FIRST_WAYS.contains(rung) ? first : last;
  }

  /** Whether its other side rang. */
  boolean rang() {
    return legs.stream().anyMatch(LegStatus::rings);
  }

  /** How it ended, in Jambonz's word; empty when that is not known. */
  String status() {
    return end.map(DialEnded::status).or(() -> lastState().map(Leg::status)).orElse("");
  }

  /** The SIP answer, 0 when none is known. */
  int sip() {
    return end.map(DialEnded::sip).or(() -> lastState().map(Leg::sip)).orElse(0);
  }

  Optional<Instant> endedAt() {
    return end.map(DialEnded::at).or(() -> lastState().map(Leg::at));
  }

  /** Whether the caller's leg was over when the dial was, as far as anybody told. */
  boolean mayHaveEndedWithTheCaller() {
    return end.map(dial -> dial.by() != null || LegStatus.isOver(dial.callerStatus()))
        .orElse(!followed && lastState().map(Leg::status).orElse("no-answer").equals("no-answer"));
  }

  private Optional<Leg> lastState() {
    return legs.stream().filter(LegStatus::isOver).reduce((earlier, later) -> later);
  }

  private static Optional<DialEnded> first(List<DialEnded> ends) {
    return ends.stream().findFirst();
  }
}
