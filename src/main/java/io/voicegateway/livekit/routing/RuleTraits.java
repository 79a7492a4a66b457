package io.voicegateway.livekit.routing;

import java.util.Comparator;
import livekit.LivekitSip.SIPDispatchRule;
import livekit.LivekitSip.SIPDispatchRuleInfo;

/**
 * What matching needs of a dispatch rule, whatever its kind (protocol/sip/sip.go, GetPinAndRoom and
 * DispatchRulePriority).
 *
 * @param rank order of the kinds, direct before individual before callee
 * @param room the room, or the prefix of its name
 * @param pin empty for an open rule
 */
record RuleTraits(int rank, String room, String pin) {
  private static final int OPEN = 100;
  private static final int ANY_NUMBER = 1000;

  /** The rule that wins comes first. */
  static final Comparator<SIPDispatchRuleInfo> BY_PRIORITY =
      Comparator.comparingInt(RuleTraits::priority).thenComparing(rule -> of(rule).room());

  static RuleTraits of(SIPDispatchRuleInfo info) {
    SIPDispatchRule rule = info.getRule();
    return switch (rule.getRuleCase()) {
      case DISPATCH_RULE_DIRECT ->
          new RuleTraits(
              0, rule.getDispatchRuleDirect().getRoomName(), rule.getDispatchRuleDirect().getPin());
      case DISPATCH_RULE_INDIVIDUAL ->
          new RuleTraits(
              1,
              rule.getDispatchRuleIndividual().getRoomPrefix(),
              rule.getDispatchRuleIndividual().getPin());
      case DISPATCH_RULE_CALLEE ->
          new RuleTraits(
              2,
              rule.getDispatchRuleCallee().getRoomPrefix(),
              rule.getDispatchRuleCallee().getPin());
      case RULE_NOT_SET -> throw new IllegalArgumentException("a dispatch rule of no known kind");
    };
  }

  static boolean readable(SIPDispatchRuleInfo info) {
    return info.getRule().getRuleCase() != SIPDispatchRule.RuleCase.RULE_NOT_SET;
  }

  private static int priority(SIPDispatchRuleInfo info) {
    RuleTraits traits = of(info);
    return traits.rank
        + (traits.pin.isEmpty() ? OPEN : 0)
        + (info.getInboundNumbersCount() == 0 ? ANY_NUMBER : 0)
        + (info.getNumbersCount() == 0 ? ANY_NUMBER : 0);
  }
}
