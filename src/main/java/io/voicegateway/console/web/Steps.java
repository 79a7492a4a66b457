package io.voicegateway.console.web;

import static io.voicegateway.console.web.Place.AGENT;
import static io.voicegateway.console.web.Place.CALLER;
import static io.voicegateway.console.web.Place.GATEWAY;
import static io.voicegateway.console.web.Place.JAMBONZ;
import static io.voicegateway.console.web.Place.LIVEKIT;
import static io.voicegateway.console.web.Place.PERSON;

import io.voicegateway.call.Rung;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvent.Answered;
import io.voicegateway.call.record.CallEvent.DialEnded;
import io.voicegateway.call.record.CallEvent.HungUp;
import io.voicegateway.call.record.CallEvent.InRoom;
import io.voicegateway.call.record.CallEvent.InviteEnded;
import io.voicegateway.call.record.CallEvent.Invited;
import io.voicegateway.call.record.CallEvent.Joined;
import io.voicegateway.call.record.CallEvent.LeftAlone;
import io.voicegateway.call.record.CallEvent.Leg;
import io.voicegateway.call.record.CallEvent.LegArrived;
import io.voicegateway.call.record.CallEvent.Looked;
import io.voicegateway.call.record.CallEvent.Lost;
import io.voicegateway.call.record.CallEvent.NotPlaced;
import io.voicegateway.call.record.CallEvent.NotRegistered;
import io.voicegateway.call.record.CallEvent.NotRungBack;
import io.voicegateway.call.record.CallEvent.PersonAnswered;
import io.voicegateway.call.record.CallEvent.Placed;
import io.voicegateway.call.record.CallEvent.RangBack;
import io.voicegateway.call.record.CallEvent.Received;
import io.voicegateway.call.record.CallEvent.Referred;
import io.voicegateway.call.record.CallEvent.Registered;
import io.voicegateway.call.record.CallEvent.Rescued;
import io.voicegateway.call.record.CallEvent.TransferBegun;
import io.voicegateway.call.record.CallEvent.TransferRefused;
import io.voicegateway.call.record.CallEvent.TurnedAway;
import io.voicegateway.call.record.Finding;
import io.voicegateway.call.record.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads from what was heard of a call who did what to whom. */
final class Steps {

  private static final String COMPLETED = "completed";

  private static final Map<Class<?>, BiConsumer<Steps, CallEvent>> READERS =
      Map.ofEntries(
          on(Received.class, Steps::received),
          on(
              Registered.class,
              (s, e) -> s.add(GATEWAY, LIVEKIT, "CreateRoom took " + e.millis() + " ms")),
          on(NotRegistered.class, (s, e) -> s.fail(GATEWAY, LIVEKIT, "CreateRoom failed")),
          on(TurnedAway.class, (s, e) -> s.fail(GATEWAY, GATEWAY, e.words())),
          on(Answered.class, Steps::answered),
          on(Leg.class, (s, e) -> s.leg(e)),
          on(DialEnded.class, Steps::dialEnded),
          on(Placed.class, (s, e) -> s.add(GATEWAY, LIVEKIT, "call " + e.person())),
          on(PersonAnswered.class, (s, e) -> s.add(PERSON, LIVEKIT, "the person answers")),
          on(NotPlaced.class, (s, e) -> s.fail(LIVEKIT, GATEWAY, "not placed" + sip(e.sip()))),
          on(
              Invited.class,
              (s, e) -> s.add(GATEWAY, LIVEKIT, "call " + e.person() + " into the room")),
          on(InviteEnded.class, Steps::inviteEnded),
          on(RangBack.class, (s, e) -> s.add(LIVEKIT, JAMBONZ, "rings back")),
          on(NotRungBack.class, Steps::notRungBack),
          on(Joined.class, (s, e) -> s.add(JAMBONZ, LIVEKIT, "the caller joins LiveKit's leg")),
          on(LegArrived.class, (s, e) -> s.add(LIVEKIT, JAMBONZ, "LiveKit's leg arrives")),
          on(InRoom.class, Steps::inRoom),
          on(Looked.class, Steps::looked),
          on(
              Rescued.class,
              (s, e) -> s.add(GATEWAY, LIVEKIT, "asks agent " + e.agent() + " to come")),
          on(LeftAlone.class, (s, e) -> s.fail(GATEWAY, LIVEKIT, "nobody came: ends the room")),
          on(TransferBegun.class, Steps::transferBegun),
          on(TransferRefused.class, (s, e) -> s.fail(AGENT, GATEWAY, "transfer refused")),
          on(Referred.class, Steps::referred),
          on(HungUp.class, (s, e) -> s.add(GATEWAY, JAMBONZ, "an operator hangs up")),
          on(Lost.class, (s, e) -> s.fail(JAMBONZ, GATEWAY, "no event told of the end")));

  private final Instant start;
  private final boolean lookTellsCause;
  private final List<Step> steps = new ArrayList<>();

  /** On which rung each dialled leg is. */
  private final Map<String, String> rungs = new HashMap<>();

  /** Whom Jambonz dials at the moment. */
  private String rung = Rung.ROOM;

  private @Nullable CallEvent heard;

  private Steps(Instant start, boolean lookTellsCause) {
    this.start = start;
    this.lookTellsCause = lookTellsCause;
  }

  private static <T extends CallEvent> Map.Entry<Class<?>, BiConsumer<Steps, CallEvent>> on(
      Class<T> kind, BiConsumer<Steps, T> reader) {
    return Map.entry(kind, (steps, event) -> reader.accept(steps, kind.cast(event)));
  }

  /**
   * Who did what to whom, in the order in which it was heard.
   *
   * @param start when the call began
   * @param lookTellsCause whether it failed by what a look at LiveKit found
   */
  static List<Step> of(Collection<CallEvent> events, Instant start, boolean lookTellsCause) {
    Steps steps = new Steps(start, lookTellsCause);
    List<CallEvent> once = Timeline.once(events);
    once.stream()
        .filter(DialEnded.class::isInstance)
        .map(DialEnded.class::cast)
        .filter(end -> end.dialSid() != null)
        .forEach(end -> steps.rungs.put(String.valueOf(end.dialSid()), end.rung()));
    once.forEach(steps::read);
    return List.copyOf(steps.steps);
  }

  private void read(CallEvent event) {
    heard = event;
    Objects.requireNonNull(READERS.get(event.getClass())).accept(this, event);
  }

  // ---- what was heard, one by one

  private void received(Received call) {
    if (call.direction().equals("outbound")) {
      add(GATEWAY, GATEWAY, "a call by agent " + call.agent() + " is ordered");
    } else {
      add(CALLER, JAMBONZ, "calls");
      add(JAMBONZ, GATEWAY, "call hook");
    }
  }

  private void answered(Answered answer) {
    rung = answer.rung();
    add(GATEWAY, JAMBONZ, said(answer.rung()) + " after " + answer.millis() + " ms");
  }

  private void dialEnded(DialEnded end) {
    boolean failed = !end.status().equals(COMPLETED);
    add(JAMBONZ, GATEWAY, "dial ended: " + end.status() + sip(end.sip()), failed);
    if (!end.next().isEmpty()) {
      rung = end.next();
      add(GATEWAY, JAMBONZ, "then " + said(end.next()));
    }
  }

  private void leg(Leg leg) {
    if (!leg.far()) {
      callersLeg(leg);
      return;
    }
    Place there = Rung.isToAgent(rungs.getOrDefault(leg.sid(), rung)) ? LIVEKIT : PERSON;
    switch (leg.status()) {
      case "trying" -> add(JAMBONZ, there, "INVITE");
      case "ringing", "early-media" -> add(there, JAMBONZ, leg.sip() + " rings");
      case "in-progress" -> add(there, JAMBONZ, leg.sip() + " answers");
      case COMPLETED -> add(JAMBONZ, there, "BYE");
      default -> fail(there, JAMBONZ, leg.status() + sip(leg.sip()));
    }
  }

  private void callersLeg(Leg leg) {
    boolean byCaller = "caller".equals(leg.by());
    switch (leg.status()) {
      case "in-progress" -> add(JAMBONZ, CALLER, leg.sip() + " answers");
      case "early-media" -> add(JAMBONZ, CALLER, leg.sip() + " lets him hear something");
      case COMPLETED -> add(byCaller ? CALLER : JAMBONZ, byCaller ? JAMBONZ : CALLER, "hangs up");
      case "failed", "busy", "no-answer" -> {
        String words = byCaller ? "gives up" : leg.status() + sip(leg.sip());
        add(byCaller ? CALLER : JAMBONZ, byCaller ? JAMBONZ : CALLER, words, !byCaller);
      }
      default -> add(JAMBONZ, CALLER, leg.status() + sip(leg.sip()));
    }
  }

  private void inviteEnded(InviteEnded end) {
    boolean failed = !end.outcome().equals("answered");
    add(PERSON, LIVEKIT, end.person() + ": " + end.outcome() + sip(end.sip()), failed);
  }

  private void notRungBack(NotRungBack none) {
    if (none.called()) {
      fail(JAMBONZ, LIVEKIT, "refuses LiveKit's call" + sip(none.sip()));
    } else {
      fail(LIVEKIT, GATEWAY, "did not ring back");
    }
  }

  private void inRoom(InRoom event) {
    switch (event.what()) {
      case PHONE_JOINED -> add(JAMBONZ, LIVEKIT, event.words());
      case PHONE_LEFT -> add(LIVEKIT, JAMBONZ, event.words());
      case AGENT_JOINED, AGENT_HEARD, AGENT_LEFT -> add(AGENT, LIVEKIT, event.words());
      case ROOM_ENDED -> add(LIVEKIT, GATEWAY, event.words());
    }
  }

  private void looked(Looked look) {
    Finding found = look.finding();
    switch (found) {
      case NO_WORKER, AGENT_MISSING, AGENT_SILENT ->
          add(LIVEKIT, AGENT, found.words(), lookTellsCause);
      case NO_ROOM -> add(GATEWAY, LIVEKIT, found.words(), lookTellsCause);
      case UNKNOWN, AGENT_READY -> add(GATEWAY, LIVEKIT, "looks: " + found.words());
    }
  }

  private void transferBegun(TransferBegun transfer) {
    rung = transfer.rung();
    add(AGENT, GATEWAY, transfer.rung() + " by " + transfer.by());
  }

  private void referred(Referred told) {
    add(PERSON, JAMBONZ, "the carrier answers REFER" + sip(told.answer()), told.answer() >= 300);
  }

  // ---- words

  private static String said(String rung) {
    return Rung.isToAgent(rung) ? "dial the agent (" + rung + ")" : rung;
  }

  private static String sip(int code) {
    return code == 0 ? "" : " (" + code + ")";
  }

  private void add(Place from, Place to, String words) {
    add(from, to, words, false);
  }

  private void fail(Place from, Place to, String words) {
    add(from, to, words, true);
  }

  private void add(Place from, Place to, String words, boolean failed) {
    CallEvent event = Objects.requireNonNull(heard);
    steps.add(
        new Step(
            event.at(),
            Timeline.millis(start, event.at()),
            from,
            to,
            words,
            event.name(),
            from == CALLER && event instanceof Received ? "the caller calls" : event.words(),
            failed));
  }
}
