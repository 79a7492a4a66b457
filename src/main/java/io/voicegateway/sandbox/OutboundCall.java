package io.voicegateway.sandbox;

import com.google.protobuf.Duration;
import io.voicegateway.livekit.routing.TrunkChecks;
import java.util.HashMap;
import java.util.Map;
import livekit.LivekitSip.CreateSIPParticipantRequest;
import livekit.LivekitSip.SIPOutboundTrunkInfo;

/**
 * A call LiveKit is asked to place, with the trunk's settings worked in (protocol/rpc/sip.go,
 * NewCreateSIPParticipantRequest).
 *
 * @param to called number
 * @param from calling number
 * @param address host the INVITE goes to
 * @param room room the participant joins
 * @param identity the participant's identity
 * @param headers SIP headers of the INVITE
 */
record OutboundCall(
    CreateSIPParticipantRequest request,
    String to,
    String from,
    String address,
    String room,
    String identity,
    Map<String, String> headers) {

  /** Refuses what LiveKit refuses without looking at its trunks (protocol/livekit/sip.go). */
  static void validate(CreateSIPParticipantRequest request) {
    if (request.getSipTrunkId().isEmpty()
        && !request.hasTrunk()
        && request.getSipNumber().isEmpty()) {
      throw TwirpError.invalid("missing sip trunk id and sip number");
    }
    if (request.hasTrunk()) {
      validateHost(request.getTrunk().getHostname());
    }
    if (request.getSipCallTo().isEmpty()) {
      throw TwirpError.invalid("missing sip callee number");
    }
    if (request.getSipCallTo().contains("@")) {
      throw TwirpError.invalid(
          "SipCallTo should be a phone number or SIP user, not a full SIP URI");
    }
    if (request.getRoomName().isEmpty()) {
      throw TwirpError.invalid("missing room name");
    }
  }

  private static void validateHost(String hostname) {
    if (hostname.isEmpty()) {
      throw TwirpError.invalid("no outbound hostname specified");
    }
    TrunkApi.refuseIf(TrunkChecks.notAHost(hostname, "trunk hostname"));
  }

  static OutboundCall of(CreateSIPParticipantRequest request, SIPOutboundTrunkInfo trunk) {
    if (request.getSipNumber().isEmpty() && trunk.getNumbersCount() == 0) {
      throw TwirpError.inner(TwirpCode.FAILED_PRECONDITION, "no numbers on outbound trunk");
    }
    Map<String, String> headers = new HashMap<>(trunk.getHeadersMap());
    headers.putAll(request.getHeadersMap());
    return new OutboundCall(
        request,
        request.getSipCallTo(),
        request.getSipNumber().isEmpty() ? trunk.getNumbers(0) : request.getSipNumber(),
        request.hasTrunk() ? request.getTrunk().getHostname() : trunk.getAddress(),
        request.getRoomName(),
        request.getParticipantIdentity().isEmpty()
            ? "sip_" + request.getSipCallTo()
            : request.getParticipantIdentity(),
        Map.copyOf(headers));
  }

  Member member(OutboundLeg leg) {
    Map<String, String> attributes = new HashMap<>(request.getParticipantAttributesMap());
    attributes.put("sip.callID", leg.sipCallId());
    attributes.put("sip.callIDFull", Ids.random(27));
    attributes.put("sip.callTag", Ids.random(8));
    attributes.put("sip.callStatus", "dialing");
    attributes.put("sip.trunkID", request.getSipTrunkId());
    if (!request.getHidePhoneNumber()) {
      attributes.put("sip.phoneNumber", to);
      attributes.put("sip.hostname", address);
      attributes.put("sip.trunkPhoneNumber", from);
    }
    return Member.phone(
        identity, request.getParticipantName(), request.getParticipantMetadata(), attributes, leg);
  }

  Duration ringingTimeout() {
    return request.getRingingTimeout();
  }
}
