package io.voicegateway.setup;

import io.voicegateway.jambonz.SipSettings;
import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.api.SipRequests;
import java.util.ArrayList;
import java.util.List;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPOutboundTrunkInfo;

/**
 * The settings that the gateway lacks after a setup, as lines to be put there.
 *
 * @param outboundTrunk id of the outbound trunk as the settings have it, empty for none
 */
record NewSettings(SipSettings sip, String outboundTrunk, Blueprint made, SipRequests livekit) {

  private static final String USERNAME = "LIVEKIT_SIP_USERNAME=";

  /**
   * The login of a trunk that is about to be made; told before, as nobody can be asked for a
   * password whose trunk was made by a run that was stopped.
   */
  List<String> login(SetupPlan plan) {
    boolean isMade =
        plan.doable()
            .anyMatch(
                step -> step.action() == Action.CREATE && step.what().equals(InboundTrunk.WHAT));
    List<String> lines = new ArrayList<>();
    if (isMade && sip.username().isEmpty()) {
      lines.add(USERNAME + made.userOf(SIPInboundTrunkInfo.getDefaultInstance()));
    }
    if (isMade && sip.password().isEmpty()) {
      lines.add("LIVEKIT_SIP_PASSWORD=" + made.newPassword());
    }
    return lines;
  }

  /** What is found when all is done; a password is told only by the setup that made it. */
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
        .filter(id -> !id.equals(outboundTrunk))
        .ifPresent(id -> lines.add("LIVEKIT_OUTBOUND_TRUNK=" + id));
    return lines;
  }

  private void login(SIPInboundTrunkInfo ours, List<String> lines) {
    if (sip.username().isEmpty()) {
      lines.add(USERNAME + ours.getAuthUsername());
    }
    if (sip.password().isEmpty() && !ours.getAuthPassword().equals(made.newPassword())) {
      lines.add(
          "# LIVEKIT_SIP_PASSWORD is the one that the setup which made trunk %s told; if that is lost, set a new one and run ./gateway setup --apply"
              .formatted(ours.getSipTrunkId()));
    }
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return "settings for " + made;
  }
}
