package io.voicegateway.livekit.api;

import java.util.List;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPOutboundTrunkInfo;

/**
 * What LiveKit has stored for its SIP side, each in the order in which LiveKit lists it. Trunks
 * hold passwords in clear.
 */
public record SipConfiguration(
    List<SIPInboundTrunkInfo> inbound,
    List<SIPOutboundTrunkInfo> outbound,
    List<SIPDispatchRuleInfo> rules) {

  /** Without passwords. */
  @Override
  public String toString() {
    return "%d inbound trunks, %d outbound trunks, %d dispatch rules"
        .formatted(inbound.size(), outbound.size(), rules.size());
  }
}
