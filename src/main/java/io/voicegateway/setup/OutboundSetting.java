package io.voicegateway.setup;

import io.voicegateway.jambonz.rest.GatewayHooks;
import java.util.List;
import java.util.Optional;
import livekit.LivekitSip.SIPOutboundTrunkInfo;

/** What the settings say of LiveKit's outbound trunk, where it is not set up with Jambonz. */
final class OutboundSetting {

  private static final String SETTING = "LIVEKIT_OUTBOUND_TRUNK";
  private static final String BY_API =
      "with JAMBONZ_API_URL, JAMBONZ_ACCOUNT_SID and JAMBONZ_API_KEY, --jambonz makes it";
  private static final String BY_HAND =
      "by hand: in Jambonz's portal make a SIP client (Clients), and an application with the calling webhook …%s and the status webhook …%s for SIP device calls (Account); at LiveKit make an outbound trunk to the account's SIP realm by TCP (transport) with that client's user and password, and put its id into %s"
          .formatted(GatewayHooks.CALLBACK, GatewayHooks.STATUS, SETTING);

  private OutboundSetting() {}

  /** What can be said when Jambonz cannot be asked. */
  static Step withoutJambonz(String id, List<SIPOutboundTrunkInfo> trunks) {
    return missing(id, trunks)
        .orElseGet(
            () ->
                id.isEmpty()
                    ? Step.told(
                        Action.REMARK,
                        OutboundPlanner.WHAT,
                        "",
                        "LiveKit needs one to call back and to call out",
                        BY_API,
                        BY_HAND)
                    : Step.told(
                        Action.KEEP, OutboundPlanner.WHAT, id, "as %s says".formatted(SETTING)));
  }

  /** A trunk that the settings name and LiveKit does not have. */
  static Optional<Step> missing(String id, List<SIPOutboundTrunkInfo> trunks) {
    return id.isEmpty() || trunks.stream().anyMatch(trunk -> trunk.getSipTrunkId().equals(id))
        ? Optional.empty()
        : Optional.of(
            Step.told(
                Action.CONFLICT,
                OutboundPlanner.WHAT,
                id,
                SETTING + " names it, and LiveKit has no such outbound trunk",
                BY_API,
                BY_HAND));
  }
}
