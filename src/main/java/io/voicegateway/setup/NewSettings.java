package io.voicegateway.setup;

import io.voicegateway.jambonz.SipSettings;
import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.api.SipRequests;
import java.util.ArrayList;
import java.util.List;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPOutboundTrunkInfo;

/** The settings that the gateway lacks after a setup, as lines to be put there. */
final class NewSettings {

  private final SipSettings sip;
  private final Blueprint made;
  private final SipRequests livekit;

  NewSettings(SipSettings sip, Blueprint made, SipRequests livekit) {
    this.sip = sip;
    this.made = made;
    this.livekit = livekit;
  }

  /** A password is told only where it was made, and only once: by the setup that made it. */
  List<String> lines() {
    SipConfiguration found = livekit.all();
    List<String> lines = new ArrayList<>();
    found.inbound().stream()
        .filter(trunk -> Mark.isOn(trunk.getMetadata()))
        .findFirst()
        .ifPresent(trunk -> login(trunk, lines));
    found.outbound().stream()
        .filter(trunk -> Mark.isOn(trunk.getMetadata()))
        .map(SIPOutboundTrunkInfo::getSipTrunkId)
        .findFirst()
        .ifPresent(id -> lines.add("LIVEKIT_OUTBOUND_TRUNK=" + id));
    return lines;
  }

  private void login(SIPInboundTrunkInfo trunk, List<String> lines) {
    if (!sip.password().isEmpty()) {
      return;
    }
    if (trunk.getAuthPassword().equals(made.newPassword())) {
      lines.add("LIVEKIT_SIP_USERNAME=" + trunk.getAuthUsername());
      lines.add("LIVEKIT_SIP_PASSWORD=" + trunk.getAuthPassword());
    } else {
      lines.add(
          "# LIVEKIT_SIP_PASSWORD is the one that the setup which made trunk %s told"
              .formatted(trunk.getSipTrunkId()));
    }
  }
}
