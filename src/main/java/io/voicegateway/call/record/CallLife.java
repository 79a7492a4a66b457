package io.voicegateway.call.record;

import io.voicegateway.call.record.CallEvent.Answered;
import io.voicegateway.call.record.CallEvent.DialEnded;
import io.voicegateway.call.record.CallEvent.HungUp;
import io.voicegateway.call.record.CallEvent.InRoom;
import io.voicegateway.call.record.CallEvent.Leg;
import io.voicegateway.call.record.CallEvent.Looked;
import io.voicegateway.call.record.CallEvent.Lost;
import io.voicegateway.call.record.CallEvent.NotRegistered;
import io.voicegateway.call.record.CallEvent.Received;
import io.voicegateway.call.record.CallEvent.Registered;
import io.voicegateway.call.record.CallRecord.Durations;
import io.voicegateway.call.record.CallRecord.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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

  private static final Set<String> FINAL = Set.of("completed", "failed", "busy", "no-answer");
  private static final Set<String> RINGING = Set.of("ringing", "early-media");

  /** An agent that leaves this long before the phone does so by itself. */
  private static final Duration ALONE = Duration.ofSeconds(1);

  /** Hooks take their time: a talk may look a little shorter than it was. */
  private static final Duration CLOCK_LEEWAY = Duration.ofMillis(500);

  private final List<CallEvent> events;
  private final Optional<Received> received;
  private final Optional<Answered> answered;
  private final List<DialEnded> dials;

  CallLife(Collection<? extends CallEvent> heard) {
    Map<String, CallEvent> once = new LinkedHashMap<>();
    heard.stream()
        .sorted(Comparator.comparing(CallEvent::at))
        .forEach(event -> once.putIfAbsent(event.key(), event));
    events = List.copyOf(once.values());
    received = all(Received.class).findFirst();
    answered = all(Answered.class).findFirst();
    dials = all(DialEnded.class).toList();
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
        agent,
        "dial",
        state,
        cause == null ? null : cause.sentence(ending, agent),
        cause == null ? null : cause.code(),
        cause == null ? null : cause.advice(ending, agent),
        cause == null ? null : ending.by(),
        ending.sip() == 0 ? null : Integer.valueOf(ending.sip()),
        rungs(),
        start(),
        state.isOver() ? end() : null,
        durations(state),
        timeline());
  }

  // ---- state

  private CallState state() {
    if (isOver()) {
      return talked() ? CallState.ENDED : CallState.FAILED;
    }
    if (talked()) {
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

  /** Whether anybody but an announcement was put through to the caller. */
  private boolean talked() {
    return connected().isPresent() || dials.stream().anyMatch(CallLife::isCompleted);
  }

  private boolean rang() {
    return farLegs().anyMatch(leg -> RINGING.contains(leg.status()))
        || inRoom(RoomEvent.PHONE_JOINED).findAny().isPresent();
  }

  private boolean isOver() {
    return endMark().isPresent();
  }

  /** The event that ended the call: the caller's own leg's if there is one. */
  private Optional<? extends CallEvent> endMark() {
    Stream<Optional<? extends CallEvent>> marks =
        Stream.of(
            callersLeg().filter(leg -> FINAL.contains(leg.status())).findFirst(),
            dials.stream().filter(CallLife::endsTheCall).findFirst(),
            answered.filter(answer -> !answer.dials()),
            emptiedRoom(),
            all(Lost.class).findFirst());
    return marks.flatMap(Optional::stream).findFirst();
  }

  private static boolean endsTheCall(DialEnded dial) {
    return (isCompleted(dial) && !dial.dials())
        || dial.by() != null
        || FINAL.contains(dial.callerStatus())
        || !dial.dials();
  }

  private static boolean isCompleted(DialEnded dial) {
    return dial.status().equals("completed");
  }

  /** After a dial that failed the room ends too, and the caller may be with somebody else. */
  private Optional<InRoom> emptiedRoom() {
    boolean phoneLeft = inRoom(RoomEvent.PHONE_LEFT).findAny().isPresent();
    return phoneLeft && dials.isEmpty()
        ? inRoom(RoomEvent.ROOM_ENDED).findFirst()
        : Optional.empty();
  }

  // ---- ending

  private Ending ending() {
    Optional<DialEnded> dial = intoRoom();
    Optional<Leg> far = farLegs().filter(leg -> FINAL.contains(leg.status())).findFirst();
    return new Ending(
        talked(),
        isRegistered(),
        by(),
        dial.map(DialEnded::status).or(() -> far.map(Leg::status)).orElse(""),
        dial.map(DialEnded::sip).or(() -> far.map(Leg::sip)).orElse(0),
        seconds(dial, far),
        rang(),
        inRoom(RoomEvent.PHONE_JOINED).findAny().isPresent(),
        agentLeftFirst(),
        isAtLimit(),
        all(Looked.class).map(Looked::finding).max(Comparator.naturalOrder()).orElse(null),
        all(Lost.class).findAny().isPresent());
  }

  /** A hook that was answered without a dial was so because LiveKit did not make the room. */
  private boolean isRegistered() {
    return all(NotRegistered.class).findAny().isEmpty()
        && answered.map(Answered::dials).orElse(true);
  }

  /** The dial whose end explains the call: the first that failed, else the one that did not. */
  private Optional<DialEnded> intoRoom() {
    return dials.stream()
        .filter(dial -> !isCompleted(dial))
        .findFirst()
        .or(() -> dials.stream().findFirst());
  }

  private String by() {
    if (all(HungUp.class).findAny().isPresent()) {
      return "operator";
    }
    boolean caller =
        callersLeg().anyMatch(leg -> "caller".equals(leg.by()))
            || dials.stream().anyMatch(dial -> "caller".equals(dial.by()));
    if (caller) {
      return "caller";
    }
    if (talked()) {
      return "agent";
    }
    return intoRoom().isPresent() || farLegs().anyMatch(leg -> FINAL.contains(leg.status()))
        ? "livekit"
        : "gateway";
  }

  private double seconds(Optional<DialEnded> dial, Optional<Leg> far) {
    Instant from = connected().map(CallEvent::at).orElse(answeredAt());
    Instant to =
        talked() ? end() : dial.map(CallEvent::at).or(() -> far.map(CallEvent::at)).orElse(end());
    return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
  }

  private boolean agentLeftFirst() {
    Predicate<InRoom> byItself = event -> !event.reason().equals("DUPLICATE_IDENTITY");
    Optional<Instant> left =
        inRoom(RoomEvent.AGENT_LEFT).filter(byItself).map(CallEvent::at).reduce((a, b) -> b);
    boolean replaced =
        left.isPresent()
            && inRoom(RoomEvent.AGENT_HEARD).anyMatch(event -> event.at().isAfter(left.get()));
    return left.isPresent() && !replaced && left.get().plus(ALONE).isBefore(end());
  }

  /** Jambonz tells nobody that it ended a call because of its time limit. */
  private boolean isAtLimit() {
    int limit = received.map(Received::longestSeconds).orElse(0);
    Optional<Instant> talk = connected().map(CallEvent::at);
    return limit > 0
        && talk.isPresent()
        && !end().isBefore(talk.get().plusSeconds(limit).minus(CLOCK_LEEWAY));
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

  private Optional<Leg> connected() {
    return farLegs().filter(leg -> leg.status().equals("in-progress")).findFirst();
  }

  private Durations durations(CallState state) {
    Optional<Instant> ring =
        farLegs().filter(leg -> RINGING.contains(leg.status())).map(CallEvent::at).findFirst();
    Optional<Instant> talk = connected().map(CallEvent::at);
    Optional<Instant> over = state.isOver() ? Optional.of(end()) : Optional.empty();
    return new Durations(
        answered.map(Answered::millis).orElse(null),
        all(Registered.class).map(Registered::millis).findFirst().orElse(null),
        between(ring, talk.or(() -> over)),
        between(talk, over));
  }

  private static @Nullable Long between(Optional<Instant> from, Optional<Instant> to) {
    return from.isEmpty() || to.isEmpty()
        ? null
        : Long.valueOf(Math.max(0, Duration.between(from.get(), to.get()).toMillis()));
  }

  private List<String> rungs() {
    return Stream.concat(
            answered.stream().map(Answered::rung),
            dials.stream().map(DialEnded::next).filter(rung -> !rung.isEmpty()))
        .toList();
  }

  private List<Moment> timeline() {
    return events.stream()
        .map(
            event ->
                new Moment(
                    event.at(),
                    Duration.between(start(), event.at()).toMillis(),
                    event.name(),
                    event.words()))
        .toList();
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

  private Stream<InRoom> inRoom(RoomEvent what) {
    return all(InRoom.class).filter(event -> event.what() == what);
  }
}
