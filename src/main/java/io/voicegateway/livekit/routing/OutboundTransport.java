package io.voicegateway.livekit.routing;

import livekit.LivekitSip.SIPOutboundTrunkInfo;
import livekit.LivekitSip.SIPTransport;

/** By what LiveKit sends an outbound trunk's calls. */
public final class OutboundTransport {

  private OutboundTransport() {}

  /**
   * Whether the INVITE of the gateway's calls gets out by it. LiveKit sends by UDP when a trunk
   * names nothing, and refuses a request of more than 1300 bytes there (412, "size of packet larger
   * than MTU"); with the login and the header by which a leg is known, ours is longer.
   */
  public static boolean carriesOurInvites(SIPOutboundTrunkInfo trunk) {
    return trunk.getTransport() == SIPTransport.SIP_TRANSPORT_TCP
        || trunk.getTransport() == SIPTransport.SIP_TRANSPORT_TLS;
  }
}
