package io.voicegateway.doctor;

import io.voicegateway.call.Mask;
import io.voicegateway.livekit.api.RingingTimeout;
import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.routing.Advice;
import io.voicegateway.livekit.routing.AllowedAddresses;
import io.voicegateway.livekit.routing.Cause;
import io.voicegateway.livekit.routing.Conflicts;
import io.voicegateway.livekit.routing.Credentials;
import io.voicegateway.livekit.routing.InboundRouting;
import io.voicegateway.livekit.routing.Invite;
import io.voicegateway.livekit.routing.OwnCalls;
import io.voicegateway.livekit.routing.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import livekit.LivekitAgentDispatch.RoomAgentDispatch;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import org.jspecify.annotations.Nullable;

/**
 * Runs LiveKit's matching over its trunks and rules: for the gateway's own calls, for one that the
 * operator asks about, and for what LiveKit cannot decide whoever calls.
 */
final class RoutingCheck {

  static final String CHECK = "routing";
  private static final String SETUP = "./gateway setup shows what to change.";
  static final String ANOTHER_ROOM =
      "Its room is called as the dialled user: take numbers, prefix and randomize from the rule, or"
          + " make it a callee rule. "
          + SETUP;
  private static final int MOST_LINES = 10;

  private final SipConfiguration found;
  private final boolean cloud;
  private final InboundRouting routing;
  private final Own own;

  /**
   * What is known of the gateway's own calls.
   *
   * @param agent who should come when a call was not registered, empty when that is not known
   * @param longestDial seconds that the longest dial of the number plan rings, 0 when not known
   * @param sources addresses that they come from, none when not known
   */
  record Own(Credentials login, String agent, int longestDial, List<String> sources) {}

  /**
   * @param cloud whether it is LiveKit Cloud, which takes no call on no trunk
   */
  RoutingCheck(SipConfiguration found, boolean cloud, Own own) {
    this.found = found;
    this.cloud = cloud;
    this.routing = new InboundRouting(() -> "<random>", cloud);
    this.own = own;
  }

  List<Diagnosis> examine(@Nullable Invite asked) {
    List<Diagnosis> diagnoses = new ArrayList<>();
    OwnCalls calls =
        new OwnCalls(routing, found.inbound(), found.rules(), own.login(), own.sources());
    Verdict usual = calls.usual();
    List<OwnCalls.Failed> failing = calls.thatFail().limit(MOST_LINES).toList();
    if (failing.isEmpty()) {
      diagnoses.add(Diagnosis.ok(CHECK, "The gateway's call: " + masked(usual)));
      ring(usual).ifPresent(diagnoses::add);
      cutShort(usual).ifPresent(diagnoses::add);
      degraded(usual).ifPresent(diagnoses::add);
      unproven(usual).ifPresent(diagnoses::add);
    }
    failing.stream().map(this::failing).forEach(diagnoses::add);
    conflicts(failing).forEach(diagnoses::add);
    misleading().forEach(diagnoses::add);
    if (asked != null) {
      diagnoses.add(new AskedCall(found, routing, own.login()).judge(asked));
    }
    diagnoses.addAll(new OpenDoors(found, cloud).examine());
    return diagnoses;
  }

  private Diagnosis failing(OwnCalls.Failed failed) {
    Verdict verdict = failed.verdict();
    String source = failed.source().isEmpty() ? "" : " coming from " + failed.source();
    String more = failed.more() == 0 ? "" : " and %d more".formatted(failed.more());
    String whose =
        failed.special()
            ? "The gateway's call of the caller %s%s%s"
                .formatted(Mask.tail(failed.caller()), more, source)
            : "The gateway's call" + source;
    return Diagnosis.problem(
        CHECK,
        whose + " does not get into its room. " + masked(verdict),
        verdict.cause() == Cause.ACCEPTED
            ? ANOTHER_ROOM
            : Mask.text(Advice.on(verdict, foreign())));
  }

  /** A call of the gateway's is no reason to change a trunk with another login. */
  private Set<String> foreign() {
    return found.inbound().stream()
        .filter(trunk -> !trunk.getAuthUsername().equals(own.login().username()))
        .map(SIPInboundTrunkInfo::getSipTrunkId)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String masked(Verdict verdict) {
    return Mask.text(verdict.explanation());
  }

  // ---- what LiveKit cannot decide, and what it reads otherwise than people do

  /** Of others too; what meets the gateway's own calls was told already. */
  private Stream<Diagnosis> conflicts(List<OwnCalls.Failed> told) {
    Set<String> involved =
        told.stream()
            .flatMap(failed -> failed.verdict().involved().stream())
            .collect(Collectors.toSet());
    return Conflicts.among(found.inbound(), found.rules()).stream()
        .filter(conflict -> !involved.containsAll(conflict.ids()))
        .limit(MOST_LINES)
        .map(
            conflict ->
                Diagnosis.warning(
                    CHECK,
                    "Not the gateway's calls, but others fail: " + Mask.text(conflict.words()),
                    "Delete one of them, or let them differ in numbers, allowed_numbers or"
                        + " trunk_ids."));
  }

  private Stream<Diagnosis> misleading() {
    return found.inbound().stream()
        .flatMap(
            trunk ->
                AllowedAddresses.misleading(trunk.getAllowedAddressesList()).stream()
                    .map(
                        mask ->
                            Diagnosis.warning(
                                CHECK,
                                "allowed_addresses of trunk %s: %s"
                                    .formatted(trunk.getSipTrunkId(), mask),
                                "Write each address or network (192.0.2.0/24) as an entry of its own,"
                                    + " without a port.")));
  }

  // ---- the trunk and the rule of the gateway's calls

  /** A trunk that lets in some addresses only, and nobody knows from which Jambonz calls. */
  private Optional<Diagnosis> unproven(Verdict verdict) {
    return own.sources().isEmpty()
        ? trunk(verdict)
            .filter(trunk -> AllowedAddresses.protect(trunk.getAllowedAddressesList()))
            .map(
                trunk ->
                    Diagnosis.warning(
                        CHECK,
                        "Trunk %s lets in its allowed_addresses only, and it is not known from where"
                                .formatted(trunk.getSipTrunkId())
                            + " Jambonz calls: this was not tried",
                        "Ask with --source-ip and the address that Jambonz calls LiveKit from, or set"
                            + " JAMBONZ_API_URL, JAMBONZ_ACCOUNT_SID and JAMBONZ_API_KEY."))
        : Optional.empty();
  }

  /** A trunk that rings longer than the dial leaves the end to Jambonz, which tells less. */
  private Optional<Diagnosis> ring(Verdict verdict) {
    int wanted = RingingTimeout.under(own.longestDial());
    return trunk(verdict)
        .filter(trunk -> own.longestDial() > 0)
        .filter(
            trunk -> !trunk.hasRingingTimeout() || trunk.getRingingTimeout().getSeconds() > wanted)
        .map(
            trunk ->
                Diagnosis.warning(
                    CHECK,
                    "Trunk %s rings %s, the longest dial %d s: without an agent the call ends by"
                            .formatted(
                                trunk.getSipTrunkId(),
                                trunk.hasRingingTimeout()
                                    ? trunk.getRingingTimeout().getSeconds() + " s"
                                    : "for 3 minutes",
                                own.longestDial())
                        + " Jambonz's timer (487) instead of LiveKit's answer (486)",
                    "Set the trunk's ringing_timeout to %d s. ".formatted(wanted) + SETUP));
  }

  /** LiveKit ends good talks too, and the caller only hears that it is over. */
  private Optional<Diagnosis> cutShort(Verdict verdict) {
    return trunk(verdict)
        .filter(SIPInboundTrunkInfo::hasMaxCallDuration)
        .map(
            trunk ->
                Diagnosis.warning(
                    CHECK,
                    "Trunk %s ends every call after %d s, in the middle of a talk"
                        .formatted(trunk.getSipTrunkId(), trunk.getMaxCallDuration().getSeconds()),
                    "Take max_call_duration from the trunk: max-duration of the number plan ends"
                        + " talks. "
                        + SETUP));
  }

  private Optional<SIPInboundTrunkInfo> trunk(Verdict verdict) {
    return found.inbound().stream()
        .filter(trunk -> trunk.getSipTrunkId().equals(verdict.trunkId()))
        .findFirst();
  }

  private Optional<Diagnosis> degraded(Verdict verdict) {
    return found.rules().stream()
        .filter(rule -> rule.getSipDispatchRuleId().equals(verdict.ruleId()))
        .filter(
            rule ->
                !own.agent().isEmpty()
                    && rule.getRoomConfig().getAgentsList().stream()
                        .map(RoomAgentDispatch::getAgentName)
                        .noneMatch(own.agent()::equals))
        .map(
            rule ->
                Diagnosis.warning(
                    CHECK,
                    "Rule %s does not name agent %s: when LiveKit's API is down, nobody comes to a"
                            .formatted(rule.getSipDispatchRuleId(), own.agent())
                        + " caller who is dialled anyway",
                    "Put the agent into the rule's room_config.agents. " + SETUP))
        .findFirst();
  }
}
