package io.voicegateway.setup;

import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.api.SipRequests;
import io.voicegateway.project.SipSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPOutboundTrunkInfo;

/**
 * The settings that the gateway lacks after a setup, as lines to be put there.
 *
 * @param outboundTrunk id of the outbound trunk as the settings have it, empty for none
 */
record NewSettings(SipSettings sip, String outboundTrunk, Blueprint made, SipRequests livekit) {

  private static final String USERNAME = "LIVEKIT_SIP_USERNAME=";
  private static final String PASSWORD = "LIVEKIT_SIP_PASSWORD=";

  /**
   * The login of a trunk that is about to be given one; told before, as nobody can be asked for a
   * password that a run gave which was stopped.
   */
  List<String> login(SetupPlan plan) {
    List<Step> giving = plan.doable().filter(InboundTrunk::isGivenPassword).toList();
    List<String> lines = new ArrayList<>();
    if (giving.stream().anyMatch(step -> step.action() == Action.CREATE)
        && sip.username().isEmpty()) {
      lines.add(USERNAME + made.userOf(SIPInboundTrunkInfo.getDefaultInstance()));
    }
    if (!giving.isEmpty() && sip.password().isEmpty()) {
      lines.add(newPassword());
    }
    return lines;
  }

  private String newPassword() {
    return PASSWORD + made.newPassword();
  }

  /** What is found when all is done; a password is told only by the setup that made it. */
  List<String> lines() {
    SipConfiguration found = livekit.all();
    List<String> lines = new ArrayList<>();
    ourTrunk(found).ifPresent(trunk -> login(trunk, lines));
    Mark.eldestFirst(
            found.outbound(),
            SIPOutboundTrunkInfo::getMetadata,
            SIPOutboundTrunkInfo::getSipTrunkId)
        .stream()
        .map(SIPOutboundTrunkInfo::getSipTrunkId)
        .findFirst()
        .filter(id -> !id.equals(outboundTrunk))
        .ifPresent(id -> lines.add("LIVEKIT_OUTBOUND_TRUNK=" + id));
    return lines;
  }

  /**
   * Why the password that was told is none of our trunk's, a sentence; empty when it is, or none
   * was told.
   */
  Optional<String> voided(Set<String> told) {
    if (!told.contains(newPassword())) {
      return Optional.empty();
    }
    Optional<SIPInboundTrunkInfo> ours = ourTrunk(livekit.all());
    if (ours.isEmpty()) {
      return Optional.of("The password that was told is void: no trunk was made with it.");
    }
    return ours.filter(trunk -> !trunk.getAuthPassword().equals(made.newPassword()))
        .map(
            trunk ->
                "The password that was told is void: another setup at the same time gave trunk %s its own. Use the one that it told, or set a new LIVEKIT_SIP_PASSWORD and run ./gateway setup --apply."
                    .formatted(trunk.getSipTrunkId()));
  }

  private static Optional<SIPInboundTrunkInfo> ourTrunk(SipConfiguration found) {
    return Mark.eldestFirst(
            found.inbound(), SIPInboundTrunkInfo::getMetadata, SIPInboundTrunkInfo::getSipTrunkId)
        .stream()
        .findFirst();
  }

  private void login(SIPInboundTrunkInfo ours, List<String> lines) {
    String password = ours.getAuthPassword();
    if (sip.username().isEmpty()) {
      lines.add(USERNAME + ours.getAuthUsername());
    }
    if (sip.password().isEmpty() && !password.isEmpty() && !password.equals(made.newPassword())) {
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
