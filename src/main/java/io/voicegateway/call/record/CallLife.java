package io.voicegateway.call.record;

import io.voicegateway.call.Rung;
import io.voicegateway.call.record.CallEvent.Answered;
import io.voicegateway.call.record.CallEvent.DialEnded;
import io.voicegateway.call.record.CallEvent.HungUp;
import io.voicegateway.call.record.CallEvent.InRoom;
import io.voicegateway.call.record.CallEvent.Joined;
import io.voicegateway.call.record.CallEvent.Leg;
import io.voicegateway.call.record.CallEvent.Looked;
import io.voicegateway.call.record.CallEvent.Lost;
import io.voicegateway.call.record.CallEvent.NotRegistered;
import io.voicegateway.call.record.CallEvent.NotRungBack;
import io.voicegateway.call.record.CallEvent.Received;
import io.voicegateway.call.record.CallEvent.Referred;
import io.voicegateway.call.record.CallEvent.Registered;
import io.voicegateway.call.record.CallEvent.TransferBegun;
import io.voicegateway.call.record.CallEvent.TurnedAway;
import io.voicegateway.call.record.CallRecord.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a call, written as what the events say together: no event must come before
 * another, and none is needed for a later one to count.
 *
 * <p>What bends it on a real Jambonz: the dial's action hook comes before or after the far leg's
 * last status; the caller's leg gets no last status when the verbs end unanswered, so that the
 * action hook is the only end; a ring timeout is told as no-answer, ringing or trying.
 */
final class CallLife {

  /** Hooks take their time: a talk may look a little shorter than it was. */
  private static final Duration CLOCK_LEEWAY = Duration.ofMillis(500);

  /** Who names agents, when nobody wrote down which of them it was. */
  private static final String SET_BY = "AGENT_NAME or agent in the number plan";

  private final List<CallEvent> events;
  private final @Nullable String project;
  private final Optional<Received> received;
  private final Optional<Answered> answered;
  private final List<TransferBegun> transfers;
  private final List<DialEnded> dials;
  private final AgentDial agentDial;
  private final Talk talk;

  CallLife(Collection<? extends CallEvent> heard) {
    events = Timeline.once(heard);
    project = LastProject.of(events);
    received = all(Received.class).findFirst();
    answered = all(Answered.class).findFirst();
    transfers = all(TransferBegun.class).toList();
    dials = Handover.linked(all(DialEnded.class).toList(), transfers);
    agentDial = new AgentDial(answered, dials, farLegs().toList(), handedOnLegs());
    talk = Talk.of(received, answered, dials, all(Leg.class).toList());
  }

  CallRecord record() {
    CallState state = state();
    String agent = received.map(Received::agent).orElse("");
    Ending ending = ending();
    @Nullable Cause cause = state.isOver() ? Causes.of(ending) : null;
    return new CallRecord(
        events.get(0).callSid(),
        "call-" + events.get(0).callSid(),
        received.map(Received::direction).orElse("inbound"),
        received.map(Received::from).orElse(""),
        received.map(Received::to).orElse(""),
        project,
        agent,
        TriedRungs.connect(answered, dials).toString(),
        state,
        cause == null ? null : cause.sentence(ending, agent),
        cause == null ? null : cause.code(),
        cause == null
            ? null
            : cause.advice(ending, agent, received.map(Received::agentSetBy).orElse(SET_BY)),
        cause == null ? null : by(),
        ending.sip() == 0 ? null : Integer.valueOf(ending.sip()),
        TriedRungs.of(answered, dials, transfers),
        start(),
        state.isOver() ? end() : null,
        durations(state),
        Timeline.of(events, start()));
  }

  // ---- state

  private CallState state() {
    if (isOver()) {
      return talk.happened() ? CallState.ENDED : CallState.FAILED;
    }
    if (talk.happened()) {
      return CallState.TALKING;
    }
    if (rang()) {
      return CallState.RINGING;
    }
    if (answered.isPresent() || farLegs().findAny().isPresent()) {
      return CallState.DIALLING;
    }
    return all(Registered.class).findAny().isPresent() ? CallState.REGISTERED : CallState.RECEIVED;
  }

  private boolean talkedToAgent() {
    return talk.happened() && agentDial.isDialled() && !agentDial.isFailed();
  }

  private boolean talkedToPerson() {
    return dials.stream()
            .anyMatch(dial -> !AgentDial.isToAgent(dial) && AgentDial.isCompleted(dial))
        || farLegs().filter(LegStatus::isUp).anyMatch(leg -> !agentDial.owns(leg))
        || (talk.happened() && !talkedToAgent());
  }

  private boolean rang() {
    return farLegs().anyMatch(LegStatus::rings)
        || inRoom(RoomEvent.PHONE_JOINED, here()).findAny().isPresent();
  }

  private boolean isOver() {
    return endMark().isPresent();
  }

  /** The event that ended the call: the caller's own leg's if there is one. */
  private Optional<? extends CallEvent> endMark() {
    Stream<Optional<? extends CallEvent>> marks =
        Stream.of(
            callersLeg().filter(LegStatus::isOver).findFirst(),
            dials.stream().filter(CallLife::endsTheCall).findFirst(),
            answered.filter(answer -> !answer.dials()),
            emptiedRoom(),
            all(Lost.class).findFirst());
    return marks.flatMap(Optional::stream).findFirst();
  }

  private static boolean endsTheCall(DialEnded dial) {
    return dial.by() != null || LegStatus.isOver(dial.callerStatus()) || !dial.dials();
  }

  /** After a dial that failed the room ends too, and the caller may be with somebody else. */
  private Optional<InRoom> emptiedRoom() {
    boolean phoneLeft = inRoom(RoomEvent.PHONE_LEFT, here()).findAny().isPresent();
    return phoneLeft && dials.isEmpty() && transfers.isEmpty()
        ? inRoom(RoomEvent.ROOM_ENDED, here()).findFirst()
        : Optional.empty();
  }

  private boolean isEndLost() {
    return endMark().filter(Lost.class::isInstance).isPresent();
  }

  // ---- ending

  private Ending ending() {
    return new Ending(
        talkedToAgent(),
        isRegistered(),
        agentDialBy(),
        isNotPlaced() ? Ending.NOT_PLACED : agentDial.status(),
        agentDial.isRingBack(),
        agentDial.isRingBack() ? sipOfRingBack() : agentDial.sip(),
        agentDialSeconds(),
        agentDial.rang() || phone() == PhoneSeen.IN_ROOM,
        phone(),
        wasLeftAlone(),
        all(Looked.class).map(Looked::finding).max(Comparator.naturalOrder()).orElse(null),
        isEndLost(),
        handover(),
        all(TurnedAway.class).map(TurnedAway::reason).findFirst().orElse(null));
  }

  private boolean isNotPlaced() {
    return agentDial.isRingBack() && notRungBack().filter(failed -> !failed.called()).isPresent();
  }

  /** The gateway that asked LiveKit knows it; another one may have answered the caller. */
  private int sipOfRingBack() {
    return notRungBack().map(NotRungBack::sip).orElse(agentDial.sip());
  }

  private Optional<NotRungBack> notRungBack() {
    return all(NotRungBack.class)
        .filter(
            failed -> agentDial.end().map(DialEnded::dialSid).equals(Optional.of(failed.attempt())))
        .findFirst();
  }

  private Handover handover() {
    Optional<DialEnded> end = Handover.end(dials);
    if (end.isEmpty()) {
      return transfers.isEmpty() ? Handover.NONE : handoverWithoutEnd();
    }
    if (AgentDial.isCompleted(end.get())) {
      return Handover.TALKED;
    }
    boolean givenUp =
        end.get().by() != null
            || Handover.isWithAgentAgain(dials)
            || all(Joined.class).anyMatch(joined -> joined.at().isAfter(end.get().at()));
    return givenUp ? Handover.NONE : Handover.UNANSWERED;
  }

  /** The person's leg tells it, or the carrier that was asked to connect him. */
  private Handover handoverWithoutEnd() {
    if (talkedToPerson() || all(Referred.class).anyMatch(Referred::isDone)) {
      return Handover.TALKED;
    }
    boolean failed =
        farLegs().filter(leg -> !agentDial.owns(leg)).anyMatch(LegStatus::isUnanswered);
    return failed && !isEndedByCaller() ? Handover.UNANSWERED : Handover.NONE;
  }

  /** Whoever was not sent to the agent at first was not because LiveKit did not make the room. */
  private boolean isRegistered() {
    return all(NotRegistered.class).findAny().isEmpty()
        && answered.map(Answered::rung).map(rung -> Rung.isFirstWay(rung)).orElse(true);
  }

  /** Who ended the call. */
  private String by() {
    if (isHungUp()) {
      return "operator";
    }
    if (isEndLost() && (talk.happened() || agentDial.endedAt().isEmpty())) {
      return "unknown";
    }
    if (isEndedByCaller()) {
      return "caller";
    }
    if (!talk.happened()) {
      return agentDial.endedAt().isPresent() ? "livekit" : "gateway";
    }
    if (isAtLimit()) {
      return "gateway";
    }
    if (talkedToPerson()) {
      return "person";
    }
    return handover() == Handover.UNANSWERED ? "gateway" : "agent";
  }

  /** Who ended the dial to the agent, or the talk with him. */
  private String agentDialBy() {
    if (!agentDial.isFailed() || (isHungUp() && !talkedToPerson())) {
      return by();
    }
    boolean givenUp = isEndedByCaller() && agentDial.mayHaveEndedWithTheCaller();
    return givenUp && !talkedToPerson() ? "caller" : "livekit";
  }

  private boolean isHungUp() {
    return all(HungUp.class).findAny().isPresent();
  }

  private boolean isEndedByCaller() {
    return callersLeg().anyMatch(leg -> "caller".equals(leg.by()))
        || dials.stream().anyMatch(dial -> "caller".equals(dial.by()));
  }

  private double agentDialSeconds() {
    Instant ended = agentDial.endedAt().orElse(end());
    return Math.max(0, Duration.between(answeredAt(), ended).toMillis() / 1000.0);
  }

  private PhoneSeen phone() {
    List<CallEvent> told = whereDialled();
    boolean inRoom =
        Stream.concat(inRoom(RoomEvent.PHONE_JOINED, told), inRoom(RoomEvent.PHONE_LEFT, told))
            .findAny()
            .isPresent();
    if (inRoom) {
      return PhoneSeen.IN_ROOM;
    }
    return told.stream().anyMatch(InRoom.class::isInstance) ? PhoneSeen.NEVER : PhoneSeen.NOT_TOLD;
  }

  private boolean wasLeftAlone() {
    Optional<Instant> since = talk.since();
    Optional<Instant> ended =
        agentDial.endedAt().or(() -> isEndLost() ? Optional.empty() : Optional.of(end()));
    return since.isPresent()
        && ended.isPresent()
        && AgentPresence.wasCallerAlone(whereDialled(), since.get(), ended.get());
  }

  /** Jambonz tells nobody that it ended a call because of its time limit, which each dial has. */
  private boolean isAtLimit() {
    int limit = received.map(Received::longestSeconds).orElse(0);
    Optional<Instant> last =
        farLegs()
            .filter(LegStatus::isUp)
            .map(CallEvent::at)
            .reduce((earlier, later) -> later)
            .or(talk::since);
    return limit > 0
        && last.isPresent()
        && !end().isBefore(last.get().plusSeconds(limit).minus(CLOCK_LEEWAY));
  }

  // ---- times

  private Instant start() {
    return received.map(CallEvent::at).orElse(events.get(0).at());
  }

  private Instant answeredAt() {
    return answered.map(CallEvent::at).orElse(start());
  }

  private Instant end() {
    return endMark().map(CallEvent::at).orElse(events.get(events.size() - 1).at());
  }

  private Durations durations(CallState state) {
    Optional<Instant> ring = farLegs().filter(LegStatus::rings).map(CallEvent::at).findFirst();
    Optional<Instant> over = state.isOver() && !isEndLost() ? Optional.of(end()) : Optional.empty();
    return new Durations(
        answered.map(Answered::millis).orElse(null),
        all(Registered.class).map(Registered::millis).findFirst().orElse(null),
        Timeline.between(ring, talk.since().or(() -> over)),
        Timeline.between(talk.since(), over));
  }

  // ---- events by kind

  private <T extends CallEvent> Stream<T> all(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast);
  }

  private Stream<Leg> callersLeg() {
    return all(Leg.class).filter(leg -> !leg.far());
  }

  private Stream<Leg> farLegs() {
    return all(Leg.class).filter(Leg::far);
  }

  private Set<String> handedOnLegs() {
    return transfers.stream()
        .map(TransferBegun::leg)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /** A room that the call has left in another project goes on to tell of itself. */
  private List<CallEvent> here() {
    return LastProject.toldIn(project, events);
  }

  /** What is known of the project in which the dial to the agent was. */
  private List<CallEvent> whereDialled() {
    @Nullable String first = received.map(Received::project).orElse(null);
    return LastProject.toldIn(agentDial.project(first, project), events);
  }

  private static Stream<InRoom> inRoom(RoomEvent what, List<CallEvent> told) {
    return told.stream()
        .filter(InRoom.class::isInstance)
        .map(InRoom.class::cast)
        .filter(event -> event.what() == what);
  }
}
