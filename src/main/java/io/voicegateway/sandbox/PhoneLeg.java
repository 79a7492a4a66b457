package io.voicegateway.sandbox;

import io.voicegateway.livekit.routing.InboundRouting;
import io.voicegateway.livekit.routing.Invite;
import io.voicegateway.livekit.routing.PhoneParticipant;
import io.voicegateway.livekit.routing.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import livekit.LivekitRoom.CreateRoomRequest;
import livekit.LivekitRoom.RoomConfiguration;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;

/**
 * A call into LiveKit (sip/pkg/sip/inbound.go): it is routed, rings in its room until it can hear
 * somebody there, and is then answered.
 */
public final class PhoneLeg extends SipLeg {
  private final InboundRouting routing;
  private final Invite invite;
  private final Map<String, String> headers;
  private final Deliveries<LegEvent> caller;
  private Duration maxCallDuration = Duration.ZERO;

  PhoneLeg(
      SipSide side,
      InboundRouting routing,
      Invite invite,
      Map<String, String> headers,
      Consumer<LegEvent> caller) {
    super(side);
    this.routing = routing;
    this.invite = invite;
    this.headers = Map.copyOf(headers);
    this.caller = new Deliveries<>(caller, side.events().pool());
  }

  /** The caller hangs up: CANCEL while it rings, BYE after. A dropped call has nobody to tell. */
  public void hangUp() {
    side().loop().execute(this::callerHangsUp);
  }

  /** What the caller's side answers to a REFER; without this every transfer succeeds. */
  public void onRefer(Function<String, ReferAnswer> answers) {
    referAnswers(answers);
  }

  void start() {
    tell("INVITE", "%s -> %s".formatted(invite.fromUser(), invite.calledUser()));
    provisional(100, "Processing");
    Verdict verdict =
        routing.route(side().store().inboundTrunks(), side().store().dispatchRules(), invite);
    if (verdict.challenged() && verdict.code() != 407) {
      caller.send(LegEvent.response(LegEvent.Kind.CHALLENGE, 407, "Unauthorized"));
      tell("407", "");
    }
    if (verdict.rings()) {
      provisional(180, "Ringing");
    }
    switch (verdict.outcome()) {
      case DROPPED -> tell("dropped", verdict.explanation());
      case REJECTED -> refuse(verdict.code(), verdict.reason(), verdict.explanation());
      case ANSWERED -> accepted(verdict);
    }
  }

  private void accepted(Verdict verdict) {
    state(State.RINGING);
    if (verdict.room().isEmpty()) {
      answer(verdict.explanation());
    } else {
      enterRoom(verdict);
    }
  }

  private void enterRoom(Verdict verdict) {
    SIPDispatchRuleInfo rule =
        side()
            .store()
            .rules()
            .getOrDefault(verdict.ruleId(), SIPDispatchRuleInfo.getDefaultInstance());
    SandboxRoom room = side().rooms().getOrCreate(request(verdict.room(), rule.getRoomConfig()));
    if (room.full()) {
      refuse(486, "Rejected", "the room is full (max_participants)");
      return;
    }
    maxCallDuration = duration(trunk(verdict).getMaxCallDuration());
    timer(
        side()
            .loop()
            .after(
                ringingTimeout(trunk(verdict).getRingingTimeout()),
                () -> refuse(486, "Rejected", "nobody to hear within ringing_timeout")));
    enter(room, participant(verdict, rule));
  }

  private SIPInboundTrunkInfo trunk(Verdict verdict) {
    return side()
        .store()
        .inbound()
        .getOrDefault(verdict.trunkId(), SIPInboundTrunkInfo.getDefaultInstance());
  }

  /** The rule's settings count only where this call creates the room. */
  private static CreateRoomRequest request(String name, RoomConfiguration config) {
    return CreateRoomRequest.newBuilder()
        .setName(name)
        .setEmptyTimeout(config.getEmptyTimeout())
        .setDepartureTimeout(config.getDepartureTimeout())
        .setMaxParticipants(config.getMaxParticipants())
        .setMetadata(config.getMetadata())
        .addAllAgents(config.getAgentsList())
        .build();
  }

  private Member participant(Verdict verdict, SIPDispatchRuleInfo rule) {
    PhoneParticipant participant = PhoneParticipant.of(verdict.trunkId(), rule, invite);
    Map<String, String> attributes = new HashMap<>(participant.attributes());
    attributes.put("sip.callID", Ids.of("SCL_"));
    attributes.put("sip.callIDFull", Ids.random(20) + "@" + invite.sourceIp());
    attributes.put("sip.callTag", Ids.random(10));
    attributes.put("sip.callStatus", "ringing");
    attributes.putAll(HeaderAttributes.of(trunk(verdict), headers));
    return Member.phone(
        participant.identity(), participant.name(), participant.metadata(), attributes, this);
  }

  @Override
  void othersAreInTheRoom() {
    if (state() == State.RINGING) {
      answer("");
    }
  }

  private void answer(String detail) {
    state(State.ACTIVE);
    callStatus("active");
    caller.send(LegEvent.response(LegEvent.Kind.ANSWERED, 200, "OK"));
    tell("200", detail);
    if (!maxCallDuration.isZero()) {
      timer(side().loop().after(maxCallDuration, this::bye));
    }
  }

  @Override
  void removedFromRoom() {
    switch (state()) {
      case RINGING -> refuse(486, "Rejected", "taken out of the room");
      case ACTIVE -> bye();
      case STARTING, ENDED -> {}
    }
  }

  @Override
  void bye() {
    caller.send(LegEvent.request(LegEvent.Kind.BYE));
    tell("BYE", "by LiveKit");
    end();
  }

  private void provisional(int code, String reason) {
    caller.send(LegEvent.response(LegEvent.Kind.PROVISIONAL, code, reason));
    tell(Integer.toString(code), "");
  }

  private void refuse(int code, String reason, String why) {
    caller.send(LegEvent.response(LegEvent.Kind.REFUSED, code, reason));
    tell(Integer.toString(code), why);
    end();
  }

  private void callerHangsUp() {
    switch (state()) {
      case RINGING -> {
        tell("CANCEL", "by the caller");
        refuse(487, "Request Terminated", "");
      }
      case ACTIVE -> {
        tell("BYE", "by the caller");
        end();
      }
      case STARTING, ENDED -> {}
    }
  }
}
