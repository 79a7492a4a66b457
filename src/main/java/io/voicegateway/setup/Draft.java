package io.voicegateway.setup;

import static java.util.Comparator.comparing;

import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.api.SipRequests;
import java.util.ArrayList;
import java.util.List;
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

  /** Our trunks, the eldest first; two setups agree on which that is. */
  List<SIPInboundTrunkInfo> ourTrunks() {
    return trunks.stream()
        .filter(one -> Mark.isOn(one.getMetadata()))
        .sorted(
            comparing((SIPInboundTrunkInfo one) -> Mark.madeAt(one.getMetadata()))
                .thenComparing(SIPInboundTrunkInfo::getSipTrunkId))
        .toList();
  }

  /** Our rules, the eldest first. */
  List<SIPDispatchRuleInfo> ourRules() {
    return rules.stream()
        .filter(one -> Mark.isOn(one.getMetadata()))
        .sorted(
            comparing((SIPDispatchRuleInfo one) -> Mark.madeAt(one.getMetadata()))
                .thenComparing(SIPDispatchRuleInfo::getSipDispatchRuleId))
        .toList();
  }

  void add(Step step) {
    steps.add(step);
  }

  void useAsItIs(String what, String id, String words) {
    steps.add(Step.told(Action.KEEP, what, id, "not ours, used as it is: " + words));
  }

  void delete(SIPInboundTrunkInfo trunk, String why) {
    trunks.remove(trunk);
    deleteTrunk(InboundTrunk.WHAT, trunk.getSipTrunkId(), why);
  }

  /** Of either direction. */
  void deleteTrunk(String what, String id, String why) {
    steps.add(
        Step.work(
            Action.DELETE,
            what,
            id,
            why,
            () -> {
              livekit.deleteTrunk(id);
              return "deleted %s %s".formatted(what, id);
            }));
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
