package io.voicegateway.doctor;

import io.voicegateway.call.Mask;
import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.routing.Cause;
import io.voicegateway.livekit.routing.Credentials;
import io.voicegateway.livekit.routing.InboundRouting;
import io.voicegateway.livekit.routing.Invite;
import io.voicegateway.livekit.routing.OwnCalls;
import io.voicegateway.livekit.routing.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import livekit.LivekitAgentDispatch.RoomAgentDispatch;
import livekit.LivekitSip.SIPHeaderOptions;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import org.jspecify.annotations.Nullable;

/**
 * Runs LiveKit's matching over its trunks and rules: for the gateway's own call, for one that the
 * operator asks about, and for strangers.
 */
final class RoutingCheck {

  private static final String CHECK = "routing";
  private static final String SETUP = "./gateway setup shows what to change.";

  private final SipConfiguration found;
  private final Credentials login;
  private final String agent;
  private final int shortestDial;

  /**
   * @param login the gateway's own
   * @param agent who should come when a call was not registered
   * @param shortestDial seconds that the shortest dial of the number plan rings
   */
  RoutingCheck(SipConfiguration found, Credentials login, String agent, int shortestDial) {
    this.found = found;
    this.login = login;
    this.agent = agent;
    this.shortestDial = shortestDial;
  }

  List<Diagnosis> examine(@Nullable Invite asked) {
    List<Diagnosis> diagnoses = new ArrayList<>();
    OwnCalls own = new OwnCalls(found.inbound(), found.rules(), login);
    Optional<Verdict> failing = own.firstThatFails();
    Verdict usual = own.usual();
    diagnoses.add(
        failing
            .map(RoutingCheck::failing)
            .orElseGet(() -> Diagnosis.ok(CHECK, "The gateway's call: " + masked(usual))));
    if (asked != null) {
      diagnoses.add(asked(asked));
    }
    if (failing.isEmpty()) {
      ring(usual).ifPresent(diagnoses::add);
      degraded(usual).ifPresent(diagnoses::add);
    }
    diagnoses.addAll(openDoors());
    return diagnoses;
  }

  private static Diagnosis failing(Verdict verdict) {
    boolean otherRoom = verdict.cause() == Cause.ACCEPTED;
    return Diagnosis.problem(
        CHECK,
        "The gateway's call does not get into its room. " + masked(verdict),
        otherRoom
            ? "Its room is called as the dialled user: take prefix and randomize from the rule, or"
                + " make it a callee rule. "
                + SETUP
            : RoutingAdvice.of(verdict));
  }

  /** With the gateway's login, as whoever asks wants to know where its calls go. */
  private Diagnosis asked(Invite plain) {
    Invite invite = login.username().isEmpty() ? plain : plain.withCredentials(login);
    Verdict verdict =
        new InboundRouting(() -> "<random>").route(found.inbound(), found.rules(), invite);
    String words =
        "%s -> %s%s: %s"
            .formatted(
                Mask.tail(invite.fromUser()),
                Mask.text(invite.calledUser()),
                invite.sourceIp().isEmpty() ? "" : " from " + invite.sourceIp(),
                outcome(verdict) + ". " + masked(verdict));
    return verdict.outcome() == Verdict.Outcome.ANSWERED
        ? Diagnosis.ok(CHECK, words)
        : Diagnosis.problem(CHECK, words, RoutingAdvice.of(verdict));
  }

  private static String masked(Verdict verdict) {
    return Mask.text(verdict.explanation());
  }

  private static String outcome(Verdict verdict) {
    return switch (verdict.outcome()) {
      case ANSWERED ->
          verdict.room().isEmpty() ? "answered" : "accepted into room " + Mask.text(verdict.room());
      case REJECTED -> "refused with %d %s".formatted(verdict.code(), verdict.reason()).strip();
      case DROPPED -> "dropped in silence";
    };
  }

  /** A trunk that rings longer than the dial leaves the end to Jambonz, which tells less. */
  private Optional<Diagnosis> ring(Verdict verdict) {
    return found.inbound().stream()
        .filter(trunk -> trunk.getSipTrunkId().equals(verdict.trunkId()))
        .filter(
            trunk ->
                !trunk.hasRingingTimeout()
                    || trunk.getRingingTimeout().getSeconds() >= shortestDial)
        .map(
            trunk ->
                Diagnosis.warning(
                    CHECK,
                    "Trunk %s rings %s, the shortest dial %d s: without an agent the call ends by"
                            .formatted(
                                trunk.getSipTrunkId(),
                                trunk.hasRingingTimeout()
                                    ? trunk.getRingingTimeout().getSeconds() + " s"
                                    : "for 3 minutes",
                                shortestDial)
                        + " Jambonz's timer (487) instead of LiveKit's answer (486)",
                    "Set the trunk's ringing_timeout to %d s. ".formatted(shortestDial - 2)
                        + SETUP))
        .findFirst();
  }

  private Optional<Diagnosis> degraded(Verdict verdict) {
    return found.rules().stream()
        .filter(rule -> rule.getSipDispatchRuleId().equals(verdict.ruleId()))
        .filter(
            rule ->
                rule.getRoomConfig().getAgentsList().stream()
                    .map(RoomAgentDispatch::getAgentName)
                    .noneMatch(agent::equals))
        .map(
            rule ->
                Diagnosis.warning(
                    CHECK,
                    "Rule %s does not name agent %s: when LiveKit's API is down, nobody comes to a"
                            .formatted(rule.getSipDispatchRuleId(), agent)
                        + " caller who is dialled anyway",
                    "Put the agent into the rule's room_config.agents. " + SETUP))
        .findFirst();
  }

  // ---- strangers

  private List<Diagnosis> openDoors() {
    List<Diagnosis> diagnoses = new ArrayList<>();
    boolean anyTrunkRule = found.rules().stream().anyMatch(rule -> rule.getTrunkIdsCount() == 0);
    for (SIPInboundTrunkInfo trunk : found.inbound()) {
      if (!trunk.getAuthUsername().isEmpty() && trunk.getAuthPassword().isEmpty()) {
        diagnoses.add(
            Diagnosis.warning(
                "open to the world",
                "Trunk %s has a user without a password: LiveKit asks nobody for one"
                    .formatted(trunk.getSipTrunkId()),
                "Give it a password."));
      }
      if (trunk.getAllowedAddressesCount() > 0 && anyTrunkRule) {
        diagnoses.add(
            Diagnosis.warning(
                "open to the world",
                "allowed_addresses of trunk %s protect nothing: whoever is not listed gets in without"
                        .formatted(trunk.getSipTrunkId())
                    + " a trunk and without a password, by a rule that has no trunk_ids",
                "Give every rule its trunk_ids."));
      }
      if (trunk.getIncludeHeaders() == SIPHeaderOptions.SIP_ALL_HEADERS) {
        diagnoses.add(
            Diagnosis.warning(
                "open to the world",
                "Trunk %s hands all SIP headers to the agent, the caller's password digest among them"
                    .formatted(trunk.getSipTrunkId()),
                "Set include_headers to SIP_X_HEADERS."));
      }
    }
    stranger().ifPresent(diagnoses::add);
    return diagnoses;
  }

  /** A call from anywhere to any user, with no login. */
  private Optional<Diagnosis> stranger() {
    Invite anybody = Invite.of("stranger", "anything", "203.0.113.1");
    Verdict verdict =
        new InboundRouting(() -> "<random>").route(found.inbound(), found.rules(), anybody);
    return verdict.outcome() == Verdict.Outcome.ANSWERED && verdict.cause() == Cause.ACCEPTED
        ? Optional.of(
            Diagnosis.warning(
                "open to the world",
                "Anybody who reaches the SIP port gets into a room and an agent. "
                    + masked(verdict),
                "Scope rule %s to a trunk that has a password.".formatted(verdict.ruleId())))
        : Optional.empty();
  }
}
