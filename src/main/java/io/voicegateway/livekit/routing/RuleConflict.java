package io.voicegateway.livekit.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import livekit.LivekitSip.SIPDispatchRuleInfo;

/**
 * Two dispatch rules LiveKit cannot tell apart: same trunk, caller, called number and PIN, whatever
 * their kinds and rooms (protocol/sip/sip.go, DispatchRuleValidator). A rule that lists one number
 * in two spellings is in conflict with itself.
 */
record RuleConflict(SIPDispatchRuleInfo rule, SIPDispatchRuleInfo earlier) {

  private record Key(String pin, String trunk, String inboundNumber, String number) {}

  /** The first conflict among rules that are all of a known kind, in their order. */
  static Optional<RuleConflict> firstAmong(List<SIPDispatchRuleInfo> rules) {
    return allAmong(rules).stream().findFirst();
  }

  /** Every conflict with the first rule that has the same key. */
  static List<RuleConflict> allAmong(List<SIPDispatchRuleInfo> rules) {
    Map<Key, SIPDispatchRuleInfo> taken = new HashMap<>();
    List<RuleConflict> conflicts = new ArrayList<>();
    for (SIPDispatchRuleInfo rule : rules) {
      for (Key key : keys(rule)) {
        SIPDispatchRuleInfo earlier = taken.putIfAbsent(key, rule);
        if (earlier != null) {
          conflicts.add(new RuleConflict(rule, earlier));
        }
      }
    }
    return conflicts;
  }

  List<String> ids() {
    return List.of(earlier.getSipDispatchRuleId(), rule.getSipDispatchRuleId());
  }

  private static List<Key> keys(SIPDispatchRuleInfo rule) {
    String pin = RuleTraits.of(rule).pin();
    return orAny(rule.getTrunkIdsList()).stream()
        .flatMap(
            trunk ->
                orAny(rule.getInboundNumbersList()).stream()
                    .map(PhoneNumbers::normalize)
                    .flatMap(
                        caller ->
                            orAny(rule.getNumbersList()).stream()
                                .map(PhoneNumbers::normalize)
                                .map(called -> new Key(pin, trunk, caller, called))))
        .toList();
  }

  private static List<String> orAny(List<String> values) {
    return values.isEmpty() ? List.of("") : values;
  }
}
