package io.voicegateway.doctor;

import io.voicegateway.livekit.routing.OutboundTransport;
import java.util.List;
import livekit.LivekitSip.SIPOutboundTrunkInfo;

/** Whether LiveKit has the outbound trunk that the settings name. */
final class OutboundCheck {

  private static final String CHECK = "outbound trunk";

  private OutboundCheck() {}

  static Diagnosis examine(String id, List<SIPOutboundTrunkInfo> trunks) {
    if (id.isEmpty()) {
      return Diagnosis.skipped(CHECK, "LIVEKIT_OUTBOUND_TRUNK is not set: no calls by LiveKit");
    }
    return trunks.stream()
        .filter(trunk -> trunk.getSipTrunkId().equals(id))
        .findFirst()
        .map(OutboundCheck::examine)
        .orElseGet(
            () ->
                Diagnosis.problem(
                    CHECK,
                    "LiveKit has no outbound trunk %s, which LIVEKIT_OUTBOUND_TRUNK names: calls back and out fail"
                        .formatted(id),
                    "./gateway setup says how one is made."));
  }

  private static Diagnosis examine(SIPOutboundTrunkInfo trunk) {
    return OutboundTransport.carriesOurInvites(trunk)
        ? Diagnosis.ok(CHECK, "LiveKit has " + trunk.getSipTrunkId())
        : Diagnosis.problem(
            CHECK,
            "LiveKit calls by UDP through %s, and sends no INVITE of more than 1300 bytes there: calls out fail, and calls back with a long SIP realm"
                .formatted(trunk.getSipTrunkId()),
            "Set the trunk's transport to TCP; ./gateway setup --jambonz --apply does it for the gateway's own trunk.");
  }
}
