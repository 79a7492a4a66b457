package io.voicegateway.setup;

import io.voicegateway.call.Mask;
import java.time.Instant;
import java.util.List;
import livekit.LivekitAgentDispatch.RoomAgentDispatch;
import livekit.LivekitSip.SIPDispatchRule;
import livekit.LivekitSip.SIPDispatchRuleCallee;
import livekit.LivekitSip.SIPDispatchRuleInfo;

/**
 * The gateway's dispatch rule: the called user is the room's name. Its own agent takes the calls
 * that were dialled without a registration; in a room that was registered it is not asked.
 */
final class CalleeRule {

  static final String WHAT = "dispatch rule";

  private static final String NAME = "voice-gateway";

  private CalleeRule() {}

  static SIPDispatchRuleInfo made(String trunkId, Blueprint needed, Instant now) {
    return fitted(
        SIPDispatchRuleInfo.newBuilder().setName(NAME).setMetadata(Mark.made(now)).build(),
        trunkId,
        needed);
  }

  /** A stored rule with all that the gateway needs, and otherwise as it is. */
  static SIPDispatchRuleInfo fitted(SIPDispatchRuleInfo stored, String trunkId, Blueprint needed) {
    SIPDispatchRuleInfo.Builder rule =
        stored.toBuilder()
            .clearTrunkIds()
            .addTrunkIds(trunkId)
            .clearNumbers()
            .clearInboundNumbers()
            .setRule(
                SIPDispatchRule.newBuilder()
                    .setDispatchRuleCallee(SIPDispatchRuleCallee.getDefaultInstance()));
    if (!needed.agent().isEmpty() && !agents(stored).equals(List.of(needed.agent()))) {
      rule.getRoomConfigBuilder()
          .clearAgents()
          .addAgents(RoomAgentDispatch.newBuilder().setAgentName(needed.agent()));
    }
    return rule.build();
  }

  static List<String> differences(SIPDispatchRuleInfo from, SIPDispatchRuleInfo to) {
    return new Differences()
        .compare("trunk_ids", from.getTrunkIdsList(), to.getTrunkIdsList())
        .compare("numbers", count(from.getNumbersCount()), count(to.getNumbersCount()))
        .compare(
            "inbound_numbers",
            count(from.getInboundNumbersCount()),
            count(to.getInboundNumbersCount()))
        .compare("rule", kind(from), kind(to))
        .compare("room_config.agents", agents(from), agents(to))
        .lines();
  }

  private static String count(int numbers) {
    return numbers == 0 ? "any" : numbers + " numbers";
  }

  /** What it does, in words. */
  static String words(SIPDispatchRuleInfo rule) {
    String trunks =
        rule.getTrunkIdsCount() == 0 ? "any trunk" : String.join(", ", rule.getTrunkIdsList());
    return "\"%s\", %s, for %s".formatted(Mask.text(rule.getName()), kind(rule), trunks);
  }

  private static String kind(SIPDispatchRuleInfo info) {
    SIPDispatchRule rule = info.getRule();
    return switch (rule.getRuleCase()) {
      case DISPATCH_RULE_CALLEE -> callee(rule.getDispatchRuleCallee());
      case DISPATCH_RULE_DIRECT ->
          "direct to room " + Mask.text(rule.getDispatchRuleDirect().getRoomName());
      case DISPATCH_RULE_INDIVIDUAL -> "a room for each caller";
      case RULE_NOT_SET -> "of no known kind";
    };
  }

  private static String callee(SIPDispatchRuleCallee rule) {
    return "a room for each called user"
        + (rule.getRoomPrefix().isEmpty() ? "" : ", prefix " + Mask.text(rule.getRoomPrefix()))
        + (rule.getRandomize() ? ", randomised" : "")
        + (rule.getPin().isEmpty() ? "" : ", with a PIN");
  }

  private static List<String> agents(SIPDispatchRuleInfo rule) {
    return rule.getRoomConfig().getAgentsList().stream()
        .map(RoomAgentDispatch::getAgentName)
        .toList();
  }
}
