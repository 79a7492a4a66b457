package io.voicegateway.sandbox;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPOutboundTrunkInfo;

/** The stored trunks and rules by id, which is the order LiveKit lists them in. */
record SipStore(
    Map<String, SIPInboundTrunkInfo> inbound,
    Map<String, SIPOutboundTrunkInfo> outbound,
    Map<String, SIPDispatchRuleInfo> rules) {

  SipStore() {
    this(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  List<SIPInboundTrunkInfo> inboundTrunks() {
    return List.copyOf(inbound.values());
  }

  List<SIPDispatchRuleInfo> dispatchRules() {
    return List.copyOf(rules.values());
  }
}
