package io.voicegateway.doctor;

import io.voicegateway.livekit.routing.AllowedAddresses;
import io.voicegateway.livekit.routing.Cause;
import io.voicegateway.livekit.routing.Verdict;
import java.util.ArrayList;
import java.util.List;
import livekit.LivekitSip.SIPInboundTrunkInfo;

/** What is odd about a call although LiveKit takes it, or what could not be judged. */
final class Remarks {

  private Remarks() {}

  /** Sentences; none when all is well. */
  static List<String> on(RoutingCase one, Verdict verdict) {
    List<String> remarks = new ArrayList<>();
    if (verdict.cause() == Cause.ACCEPTED) {
      stranger(one, verdict, remarks);
      if (!verdict.room().equals(one.invite().calledUser())) {
        remarks.add(
            "The room is not called as the dialled user: a call of the gateway's would miss its"
                + " room.");
      }
    }
    if (one.invite().sourceIp().isEmpty() && one.trunks().stream().anyMatch(Remarks::protects)) {
      remarks.add("The invite has no source: allowed_addresses were not looked at.");
    }
    return remarks;
  }

  private static void stranger(RoutingCase one, Verdict verdict, List<String> remarks) {
    if (verdict.trunkId().isEmpty()) {
      remarks.add(
          "It came in on no trunk: whoever reaches the SIP port gets in so, without a password;"
              + " LiveKit Cloud answers 404 instead.");
    } else if (!verdict.challenged()
        && one.trunks().stream()
            .filter(trunk -> trunk.getSipTrunkId().equals(verdict.trunkId()))
            .noneMatch(Remarks::protects)) {
      remarks.add("The trunk asks nobody for a password, and lets in every address.");
    }
  }

  private static boolean protects(SIPInboundTrunkInfo trunk) {
    return AllowedAddresses.protect(trunk.getAllowedAddressesList());
  }
}
