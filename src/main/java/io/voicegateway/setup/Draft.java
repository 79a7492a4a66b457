package io.voicegateway.setup;

import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.api.SipRequests;
import io.voicegateway.livekit.routing.AllowedAddresses;
import io.voicegateway.livekit.routing.Credentials;
import io.voicegateway.livekit.routing.OwnCalls;
import io.voicegateway.livekit.routing.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;

/** A plan while it is made, and the trunks and rules that LiveKit would have once it is done. */
final class Draft {

  /** The id of what is not made yet. */
  static final String NEW = "(new)";

  private final SipRequests livekit;
  private final List<Step> steps = new ArrayList<>();
  private final List<SIPInboundTrunkInfo> trunks;
  private final List<SIPDispatchRuleInfo> rules;

  Draft(SipRequests livekit, SipConfiguration found) {
    this.livekit = livekit;
    trunks = new ArrayList<>(found.inbound());
    rules = new ArrayList<>(found.rules());
  }

  List<Step> steps() {
    return steps;
  }

  List<SIPInboundTrunkInfo> trunks() {
    return trunks;
  }

  List<SIPDispatchRuleInfo> rules() {
    return rules;
  }

  /** Our trunks, the eldest first. */
  List<SIPInboundTrunkInfo> ourTrunks() {
    return Mark.eldestFirst(
        trunks, SIPInboundTrunkInfo::getMetadata, SIPInboundTrunkInfo::getSipTrunkId);
  }

  /** Our rules, the eldest first. */
  List<SIPDispatchRuleInfo> ourRules() {
    return Mark.eldestFirst(
        rules, SIPDispatchRuleInfo::getMetadata, SIPDispatchRuleInfo::getSipDispatchRuleId);
  }

  /** Whether it has a trunk or rule of one of these ids. */
  boolean hasOneOf(Set<String> ids) {
    return trunks.stream().anyMatch(trunk -> ids.contains(trunk.getSipTrunkId()))
        || rules.stream().anyMatch(rule -> ids.contains(rule.getSipDispatchRuleId()));
  }

  /**
   * What the gateway's calls meet, when all of them get into their rooms by a trunk that keeps
   * strangers out: then nothing has to be made, whosever it is.
   */
  Optional<Verdict> fitting(Credentials login) {
    OwnCalls calls = new OwnCalls(trunks, rules, login);
    Verdict usual = calls.usual();
    boolean fits =
        calls.firstThatFails().isEmpty() && (usual.challenged() || isGuarded(usual.trunkId()));
    return fits ? Optional.of(usual) : Optional.empty();
  }

  private boolean isGuarded(String trunkId) {
    return trunks.stream()
        .filter(trunk -> trunk.getSipTrunkId().equals(trunkId))
        .anyMatch(trunk -> AllowedAddresses.protect(trunk.getAllowedAddressesList()));
  }

  /**
   * Nothing is made, changed or deleted while somebody has to decide on what was adopted: half of
   * an adoption lets no call through.
   */
  void holdBackUnless(Predicate<Step> mayGoOn) {
    steps.replaceAll(step -> mayGoOn.test(step) ? step : step.heldBack());
  }

  /** Whether a trunk or rule is ours, or is yet to be made. */
  boolean isOurs(String id) {
    return id.equals(NEW)
        || ourTrunks().stream().anyMatch(trunk -> trunk.getSipTrunkId().equals(id))
        || ourRules().stream().anyMatch(rule -> rule.getSipDispatchRuleId().equals(id));
  }

  void add(Step step) {
    steps.add(step);
  }

  void useAsItIs(String what, String id, String words, String... details) {
    steps.add(Step.told(Action.KEEP, what, id, "not ours, used as it is: " + words, details));
  }

  void delete(SIPInboundTrunkInfo trunk, String why) {
    trunks.remove(trunk);
    deleteTrunk(InboundTrunk.WHAT, trunk.getSipTrunkId(), why);
  }

  /** Of either direction. */
  void deleteTrunk(String what, String id, String why) {
    steps.add(trunkDeletion(livekit, what, id, why));
  }

  /** The step that deletes a trunk. */
  static Step trunkDeletion(SipRequests livekit, String what, String id, String why) {
    return Step.work(
        Action.DELETE,
        what,
        id,
        why,
        () -> {
          livekit.deleteTrunk(id);
          return "deleted %s %s".formatted(what, id);
        });
  }

  void delete(SIPDispatchRuleInfo rule, String why) {
    String id = rule.getSipDispatchRuleId();
    rules.remove(rule);
    steps.add(
        Step.work(
            Action.DELETE,
            CalleeRule.WHAT,
            id,
            why,
            () -> {
              livekit.deleteRule(id);
              return "deleted dispatch rule " + id;
            }));
  }
}
