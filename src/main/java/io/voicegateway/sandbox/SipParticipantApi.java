package io.voicegateway.sandbox;

import com.google.protobuf.Empty;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import livekit.LivekitSip.CreateSIPParticipantRequest;
import livekit.LivekitSip.SIPOutboundTrunkInfo;
import livekit.LivekitSip.SIPParticipantInfo;
import livekit.LivekitSip.TransferSIPParticipantRequest;

/** The call methods of LiveKit's SIP service (livekit/pkg/service/sip.go). */
final class SipParticipantApi {
  private final SipSide side;
  private final FarEnds farEnds;
  private final RoomApi rooms;
  private final Timings timings;

  SipParticipantApi(SipSide side, FarEnds farEnds, RoomApi rooms, Timings timings) {
    this.side = side;
    this.farEnds = farEnds;
    this.rooms = rooms;
    this.timings = timings;
  }

  void addTo(TwirpService sip) {
    sip.later(
            "CreateSIPParticipant",
            CreateSIPParticipantRequest.class,
            (g, q) -> g.sipCall(),
            this::create)
        .later(
            "TransferSIPParticipant",
            TransferSIPParticipantRequest.class,
            (g, q) -> g.sipCall() && g.roomAdmin(q.getRoomName()),
            this::transfer);
  }

  private CompletionStage<SIPParticipantInfo> create(CreateSIPParticipantRequest request) {
    OutboundCall.validate(request);
    OutboundCall call = OutboundCall.of(request, trunk(request.getSipTrunkId()));
    OutboundLeg leg = new OutboundLeg(side, call);
    CompletableFuture<?> answered = leg.dial(farEnds.at(call.address(), call.to()));
    Member member = rooms.participant(call.room(), call.identity());
    SIPParticipantInfo info =
        SIPParticipantInfo.newBuilder()
            .setParticipantId(member.info().getSid())
            .setParticipantIdentity(call.identity())
            .setRoomName(call.room())
            .setSipCallId(leg.sipCallId())
            .build();
    return request.getWaitUntilAnswered()
        ? answered.thenApply(ok -> info)
        : CompletableFuture.completedFuture(info);
  }

  private SIPOutboundTrunkInfo trunk(String id) {
    if (id.isEmpty()) {
      return SIPOutboundTrunkInfo.getDefaultInstance();
    }
    return Optional.ofNullable(side.store().outbound().get(id))
        .orElseThrow(TrunkApi::trunkNotFound);
  }

  private CompletionStage<Empty> transfer(TransferSIPParticipantRequest request) {
    String uri = uri(request);
    SipLeg leg = rooms.participant(request.getRoomName(), request.getParticipantIdentity()).leg();
    if (leg == null) {
      throw TwirpError.inner(
          TwirpCode.INVALID_ARGUMENT, "no SIP session associated with participant");
    }
    if (leg.state() != SipLeg.State.ACTIVE) {
      throw TwirpError.inner(TwirpCode.FAILED_PRECONDITION, "can't transfer non established call");
    }
    return leg.refer(uri).thenComposeAsync(answer -> finish(leg, answer, request), side.loop());
  }

  private static String uri(TransferSIPParticipantRequest request) {
    if (request.getParticipantIdentity().isEmpty()) {
      throw TwirpError.inner(TwirpCode.INVALID_ARGUMENT, "Missing participant identity");
    }
    String to = request.getTransferTo();
    if (to.isEmpty()) {
      throw TwirpError.invalid("missing transfer to");
    }
    String uri = to.startsWith("<") && to.endsWith(">") ? to.substring(1, to.length() - 1) : to;
    if (!uri.startsWith("sip:") && !uri.startsWith("sips:") && !uri.startsWith("tel:")) {
      throw TwirpError.invalid(
          "transfer_to must be a valid SIP(s) or TEL URI (sip:, sips: or tel:)");
    }
    return uri;
  }

  private CompletionStage<Empty> finish(
      SipLeg leg, ReferAnswer answer, TransferSIPParticipantRequest request) {
    if (answer.code() >= 300) {
      throw SipStatus.of(answer.code()).error("");
    }
    if (answer.outcome() == 0) {
      return side.loop()
          .failAfter(
              request.hasRingingTimeout()
                  ? SipLeg.duration(request.getRingingTimeout())
                  : timings.transfer(),
              TwirpError.inner(TwirpCode.DEADLINE_EXCEEDED, "request timed out"));
    }
    if (answer.outcome() >= 300) {
      throw SipStatus.of(answer.outcome()).error("call transfer failed: ");
    }
    side.loop().run(timings.byeAfterTransfer(), leg::removedFromRoom);
    return CompletableFuture.completedFuture(Empty.getDefaultInstance());
  }
}
