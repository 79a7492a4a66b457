package io.voicegateway.doctor;

import io.voicegateway.call.Mask;
import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.routing.AllowedAddresses;
import io.voicegateway.livekit.routing.Cause;
import io.voicegateway.livekit.routing.InboundRouting;
import io.voicegateway.livekit.routing.Invite;
import io.voicegateway.livekit.routing.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import livekit.LivekitSip.SIPHeaderOptions;
import livekit.LivekitSip.SIPInboundTrunkInfo;

/** By which trunks and rules strangers get in, or at the password. */
final class OpenDoors {

  private static final String CHECK = "open to the world";
  private static final String ANYWHERE = "203.0.113.1";

  private final SipConfiguration found;
  private final boolean cloud;
  private final InboundRouting routing;

  /**
   * @param cloud whether it is LiveKit Cloud, which takes no call on no trunk
   */
  OpenDoors(SipConfiguration found, boolean cloud) {
    this.found = found;
    this.cloud = cloud;
    this.routing = new InboundRouting(() -> "<random>", cloud);
  }

  List<Diagnosis> examine() {
    List<Diagnosis> diagnoses = new ArrayList<>();
    boolean anyTrunkRule = found.rules().stream().anyMatch(rule -> rule.getTrunkIdsCount() == 0);
    for (SIPInboundTrunkInfo trunk : found.inbound()) {
      halfALogin(trunk).ifPresent(diagnoses::add);
      numbers(trunk).ifPresent(diagnoses::add);
      if (trunk.getAllowedAddressesCount() > 0 && anyTrunkRule && !cloud) {
        diagnoses.add(
            Diagnosis.warning(
                CHECK,
                "allowed_addresses of trunk %s protect nothing: whoever is not listed gets in without"
                        .formatted(trunk.getSipTrunkId())
                    + " a trunk and without a password, by a rule that has no trunk_ids",
                "Give every rule its trunk_ids."));
      }
      if (trunk.getIncludeHeaders() == SIPHeaderOptions.SIP_ALL_HEADERS) {
        diagnoses.add(
            Diagnosis.warning(
                CHECK,
                "Trunk %s hands all SIP headers to the agent, the caller's password digest among them"
                    .formatted(trunk.getSipTrunkId()),
                "Set include_headers to SIP_X_HEADERS."));
      }
    }
    stranger().ifPresent(diagnoses::add);
    return diagnoses;
  }

  private static Optional<Diagnosis> halfALogin(SIPInboundTrunkInfo trunk) {
    boolean user = !trunk.getAuthUsername().isEmpty();
    boolean password = !trunk.getAuthPassword().isEmpty();
    if (user == password) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnosis.warning(
            CHECK,
            "Trunk %s has a %s: LiveKit asks nobody for one"
                .formatted(
                    trunk.getSipTrunkId(),
                    user ? "user without a password" : "password without a user"),
            user ? "Give it a password." : "Give it a user."));
  }

  /** Whoever knows one of its numbers, which are no secret. */
  private Optional<Diagnosis> numbers(SIPInboundTrunkInfo trunk) {
    boolean hasLogin = !trunk.getAuthUsername().isEmpty() && !trunk.getAuthPassword().isEmpty();
    if (hasLogin
        || trunk.getNumbersCount() == 0
        || AllowedAddresses.protect(trunk.getAllowedAddressesList())) {
      return Optional.empty();
    }
    String caller = trunk.getAllowedNumbersCount() == 0 ? "stranger" : trunk.getAllowedNumbers(0);
    Verdict verdict = verdict(Invite.of(caller, trunk.getNumbers(0), ANYWHERE));
    return isLetIn(verdict) && verdict.trunkId().equals(trunk.getSipTrunkId())
        ? Optional.of(
            Diagnosis.warning(
                CHECK,
                "Trunk %s has numbers, and neither a login nor allowed_addresses: whoever calls one"
                        .formatted(trunk.getSipTrunkId())
                    + " of them at the SIP port gets into a room and an agent",
                "Give it user and password, or the carrier's addresses."))
        : Optional.empty();
  }

  /** A call from anywhere to any user, with no login. */
  private Optional<Diagnosis> stranger() {
    Verdict verdict = verdict(Invite.of("stranger", "anything", ANYWHERE));
    return isLetIn(verdict)
        ? Optional.of(
            Diagnosis.warning(
                CHECK,
                "Anybody who reaches the SIP port gets into a room and an agent. "
                    + Mask.text(verdict.explanation()),
                "Scope rule %s to a trunk that has a password.".formatted(verdict.ruleId())))
        : Optional.empty();
  }

  private Verdict verdict(Invite invite) {
    return routing.route(found.inbound(), found.rules(), invite);
  }

  private static boolean isLetIn(Verdict verdict) {
    return verdict.outcome() == Verdict.Outcome.ANSWERED && verdict.cause() == Cause.ACCEPTED;
  }
}
