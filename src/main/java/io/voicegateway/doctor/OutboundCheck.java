package io.voicegateway.doctor;

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
    return trunks.stream().anyMatch(trunk -> trunk.getSipTrunkId().equals(id))
        ? Diagnosis.ok(CHECK, "LiveKit has " + id)
        : Diagnosis.problem(
            CHECK,
            "LiveKit has no outbound trunk %s, which LIVEKIT_OUTBOUND_TRUNK names: calls back and out fail"
                .formatted(id),
            "./gateway setup says how one is made.");
  }
}
