package io.voicegateway.call.record;

import io.voicegateway.call.Connect;
import io.voicegateway.call.record.CallEvent.DialEnded;
import io.voicegateway.call.record.CallEvent.HungUp;
import io.voicegateway.call.record.CallEvent.InRoom;
import io.voicegateway.call.record.CallEvent.LeftAlone;
import io.voicegateway.call.record.CallEvent.Leg;
import io.voicegateway.call.record.CallEvent.Lost;
import io.voicegateway.call.record.CallEvent.NotPlaced;
import io.voicegateway.call.record.CallEvent.PersonAnswered;
import io.voicegateway.call.record.CallEvent.Placed;
import io.voicegateway.call.record.CallEvent.Received;
import io.voicegateway.call.record.CallEvent.Registered;
import io.voicegateway.call.record.CallRecord.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The state machine of a call that we place: LiveKit calls Jambonz, which calls the person.
 * LiveKit's leg is the near one here, and the person's the far one. As in {@link CallLife} no event
 * must come before another.
 */
final class PlacedLife {

  private static final Duration CLOCK_LEEWAY = Duration.ofMillis(500);

  private final List<CallEvent> events;
  private final Optional<Received> received;

  PlacedLife(Collection<? extends CallEvent> heard) {
    events = Timeline.once(heard);
    received = all(Received.class).findFirst();
  }

  /** Whether these are the events of such a call. */
  static boolean isOne(Collection<? extends CallEvent> heard) {
    return heard.stream().anyMatch(event -> event instanceof Placed || event instanceof NotPlaced);
  }

  CallRecord record() {
    CallState state = state();
    String agent = received.map(Received::agent).orElse("");
    Cause cause = cause();
    Ending ending = ending();
    boolean over = state.isOver();
    return new CallRecord(
        events.get(0).callSid(),
        "call-" + events.get(0).callSid(),
        "outbound",
        received.map(Received::from).orElse(""),
        received.map(Received::to).orElse(""),
        LastProject.of(events),
        agent,
        Connect.CALLBACK.toString(),
        state,
        over ? cause.sentence(ending, agent) : null,
        over ? cause.code() : null,
        over ? cause.advice(ending, agent, "the order") : null,
        over ? by() : null,
        ending.sip() == 0 ? null : Integer.valueOf(ending.sip()),
        List.of(),
        start(),
        over ? end() : null,
        durations(over),
        Timeline.of(events, start()));
  }

  private CallState state() {
    if (endMark().isPresent()) {
      return talked() ? CallState.ENDED : CallState.FAILED;
    }
    if (talked()) {
      return CallState.TALKING;
    }
    if (person().anyMatch(LegStatus::rings)) {
      return CallState.RINGING;
    }
    if (all(Placed.class).findAny().isPresent()) {
      return CallState.DIALLING;
    }
    return all(Registered.class).findAny().isPresent() ? CallState.REGISTERED : CallState.RECEIVED;
  }

  private boolean talked() {
    return talkSince().isPresent();
  }

  private Optional<Instant> talkSince() {
    Stream<CallEvent> signs =
        Stream.of(
                person().filter(LegStatus::isUp),
                all(PersonAnswered.class),
                person().filter(LegStatus::isCompleted),
                dialEnds().filter(AgentDial::isCompleted))
            .flatMap(sign -> sign);
    return signs.map(CallEvent::at).findFirst();
  }

  private Optional<? extends CallEvent> endMark() {
    Stream<Optional<? extends CallEvent>> marks =
        Stream.of(
            dialEnds().findFirst(),
            all(NotPlaced.class).findFirst(),
            all(Leg.class).filter(leg -> !leg.far() && LegStatus.isOver(leg)).findFirst(),
            person().filter(LegStatus::isOver).findFirst(),
            emptiedRoom(),
            all(Lost.class).findFirst());
    return marks.flatMap(Optional::stream).findFirst();
  }

  private Optional<InRoom> emptiedRoom() {
    boolean left = all(InRoom.class).anyMatch(event -> event.what() == RoomEvent.PHONE_LEFT);
    return left
        ? all(InRoom.class).filter(event -> event.what() == RoomEvent.ROOM_ENDED).findFirst()
        : Optional.empty();
  }

  private String by() {
    if (all(HungUp.class).findAny().isPresent()) {
      return "operator";
    }
    if (endMark().filter(Lost.class::isInstance).isPresent()) {
      return "unknown";
    }
    if (!talked()) {
      return refusal().isPresent() ? "person" : "gateway";
    }
    if (isAtLimit()) {
      return "gateway";
    }
    return endedByLiveKit() ? "agent" : "person";
  }

  /** Jambonz calls whoever is on the near leg the caller: here that is LiveKit. */
  private boolean endedByLiveKit() {
    return all(Leg.class).anyMatch(leg -> !leg.far() && "caller".equals(leg.by()))
        || dialEnds().anyMatch(dial -> "caller".equals(dial.by()));
  }

  private boolean isAtLimit() {
    int limit = received.map(Received::longestSeconds).orElse(0);
    return limit > 0
        && talkSince()
            .filter(since -> !end().isBefore(since.plusSeconds(limit).minus(CLOCK_LEEWAY)))
            .isPresent();
  }

  private Cause cause() {
    return switch (by()) {
      case "operator" -> Cause.OPERATOR_HUNG_UP;
      case "unknown" -> Cause.LOST;
      default -> talked() ? causeOfTalk() : causeOfFailure();
    };
  }

  private Cause causeOfTalk() {
    if (all(LeftAlone.class).findAny().isPresent()) {
      return Cause.AGENT_LOST;
    }
    return switch (by()) {
      case "gateway" -> Cause.TIME_LIMIT;
      case "agent" -> Cause.AGENT_HUNG_UP;
      default -> Cause.PERSON_HUNG_UP;
    };
  }

  private Cause causeOfFailure() {
    if (all(CallEvent.NotRegistered.class).findAny().isPresent()) {
      return Cause.NOT_REGISTERED;
    }
    int sip = sip();
    if (refusal().isPresent()) {
      return switch (sip) {
        case 486, 600 -> Cause.PERSON_BUSY;
        case 404, 410, 484, 604 -> Cause.NUMBER_UNKNOWN;
        case 403, 603, 607, 608 -> Cause.PERSON_DECLINED;
        case 0, 100, 180, 183, 408, 480, 487 -> Cause.PERSON_NO_ANSWER;
        default -> Cause.PERSON_UNREACHABLE;
      };
    }
    return switch (sip) {
      case 0 -> Cause.NOT_PLACED;
      case 401, 407 -> Cause.JAMBONZ_LOGIN;
      case 404 -> Cause.JAMBONZ_NO_REALM;
      case 403 -> Cause.JAMBONZ_FORBIDDEN;
      default -> Cause.JAMBONZ_REFUSED;
    };
  }

  /** What the person's side answered; its leg or the end of the dial tells, or both. */
  private Optional<Integer> refusal() {
    return dialEnds()
        .findFirst()
        .map(DialEnded::sip)
        .or(() -> person().filter(LegStatus::isUnanswered).findFirst().map(Leg::sip));
  }

  private int sip() {
    return refusal().or(() -> all(NotPlaced.class).findFirst().map(NotPlaced::sip)).orElse(0);
  }

  private Ending ending() {
    String status = dialEnds().findFirst().map(DialEnded::status).orElse("");
    double seconds = Math.max(0, Duration.between(placedAt(), end()).toMillis() / 1000.0);
    return new Ending(
        talked(),
        true,
        by(),
        status,
        true,
        sip(),
        seconds,
        person().anyMatch(LegStatus::rings),
        PhoneSeen.NOT_TOLD,
        false,
        null,
        false,
        Handover.NONE,
        null);
  }

  private Instant start() {
    return received.map(CallEvent::at).orElse(events.get(0).at());
  }

  private Instant placedAt() {
    return all(Placed.class).findFirst().map(CallEvent::at).orElse(start());
  }

  private Instant end() {
    return endMark().map(CallEvent::at).orElse(events.get(events.size() - 1).at());
  }

  private Durations durations(boolean over) {
    Optional<Instant> ring = person().filter(LegStatus::rings).map(CallEvent::at).findFirst();
    Optional<Instant> ended = over ? Optional.of(end()) : Optional.empty();
    return new Durations(
        null,
        all(Registered.class).map(Registered::millis).findFirst().orElse(null),
        Timeline.between(ring, talkSince().or(() -> ended)),
        Timeline.between(talkSince(), ended));
  }

  private Stream<Leg> person() {
    return all(Leg.class).filter(Leg::far);
  }

  private Stream<DialEnded> dialEnds() {
    return all(DialEnded.class);
  }

  private <T extends CallEvent> Stream<T> all(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast);
  }
}
