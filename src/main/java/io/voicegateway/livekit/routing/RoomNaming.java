package io.voicegateway.livekit.routing;

import java.util.function.Supplier;
import livekit.LivekitSip.SIPDispatchRule;
import livekit.LivekitSip.SIPDispatchRuleInfo;

/** The room a rule takes a caller to (protocol/sip/sip.go, EvaluateDispatchRule). */
record RoomNaming(Supplier<String> randomSuffix) {

  String room(SIPDispatchRuleInfo info, Invite invite) {
    SIPDispatchRule rule = info.getRule();
    return switch (rule.getRuleCase()) {
      case DISPATCH_RULE_DIRECT -> rule.getDispatchRuleDirect().getRoomName();
      case DISPATCH_RULE_INDIVIDUAL ->
          name(
              rule.getDispatchRuleIndividual().getRoomPrefix(),
              PhoneParticipant.shownNumber(info, invite),
              !rule.getDispatchRuleIndividual().getNoRandomness());
      case DISPATCH_RULE_CALLEE ->
          name(
              rule.getDispatchRuleCallee().getRoomPrefix(),
              invite.calledUser(),
              rule.getDispatchRuleCallee().getRandomize());
      case RULE_NOT_SET -> throw new IllegalArgumentException("a dispatch rule of no known kind");
    };
  }

  private String name(String prefix, String user, boolean randomize) {
    String name = prefix.isEmpty() ? user : prefix + "_" + user;
    return randomize ? name + "_" + randomSuffix.get() : name;
  }
}
