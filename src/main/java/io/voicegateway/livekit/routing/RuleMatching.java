package io.voicegateway.livekit.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import org.jspecify.annotations.Nullable;

/**
 * Finds the dispatch rule of a call (protocol/sip/sip.go, MatchDispatchRuleIter): rules that name
 * the trunk come before rules for any trunk, then the priority decides. Numbers are compared as
 * written, without normalisation.
 */
final class RuleMatching {
  private final String trunkId;
  private final Invite invite;
  private final List<SIPDispatchRuleInfo> scoped = new ArrayList<>();
  private final List<SIPDispatchRuleInfo> wildcard = new ArrayList<>();
  private final List<Misfit> misfits = new ArrayList<>();

  private RuleMatching(String trunkId, Invite invite) {
    this.trunkId = trunkId;
    this.invite = invite;
  }

  /**
   * @param rule the winner, null when none fits
   * @param misfits why each rule that does not fit was left out
   */
  record Match(@Nullable SIPDispatchRuleInfo rule, List<Misfit> misfits) {}

  /**
   * The rules LiveKit reads for a call: those for its trunk and those for any trunk. For a call
   * without trunk it reads all of them.
   */
  static List<SIPDispatchRuleInfo> read(List<SIPDispatchRuleInfo> rules, String trunkId) {
    return Listings.rules(rules, List.of(), trunkId.isEmpty() ? List.of() : List.of(trunkId));
  }

  static Match match(List<SIPDispatchRuleInfo> rules, String trunkId, Invite invite) {
    RuleMatching matching = new RuleMatching(trunkId, invite);
    rules.forEach(matching::consider);
    SIPDispatchRuleInfo winner =
        first(matching.scoped).or(() -> first(matching.wildcard)).orElse(null);
    Stream.concat(matching.scoped.stream(), matching.wildcard.stream())
        .filter(rule -> !rule.equals(winner))
        .forEach(matching::outranked);
    return new Match(winner, matching.misfits);
  }

  private void consider(SIPDispatchRuleInfo rule) {
    if (!allows(rule.getTrunkIdsList(), trunkId)) {
      misfits.add(
          misfit(
              Misfit.Kind.RULE_TRUNK,
              rule,
              "is for trunk %s only".formatted(String.join(", ", rule.getTrunkIdsList()))));
    } else if (!allows(rule.getInboundNumbersList(), invite.fromUser())) {
      misfits.add(
          misfit(
                  Misfit.Kind.RULE_CALLER,
                  rule,
                  "is not for the caller \"%s\" (inbound_numbers, compared as written)"
                      .formatted(invite.fromUser()))
              .beside(invite.fromUser(), rule.getInboundNumbersList()));
    } else if (!allows(rule.getNumbersList(), invite.calledUser())) {
      misfits.add(
          misfit(
                  Misfit.Kind.RULE_NUMBER,
                  rule,
                  "is not for the called user \"%s\" (numbers, compared as written)"
                      .formatted(invite.calledUser()))
              .beside(invite.calledUser(), rule.getNumbersList()));
    } else {
      (rule.getTrunkIdsCount() == 0 ? wildcard : scoped).add(rule);
    }
  }

  private void outranked(SIPDispatchRuleInfo rule) {
    misfits.add(
        misfit(Misfit.Kind.OUTRANKED, rule, "fits too, but the rule that takes it is first"));
  }

  private static Misfit misfit(Misfit.Kind kind, SIPDispatchRuleInfo rule, String words) {
    return Misfit.of(kind, rule.getSipDispatchRuleId(), Words.rule(rule) + " " + words);
  }

  private static boolean allows(List<String> listed, String value) {
    return listed.isEmpty() || listed.contains(value);
  }

  private static Optional<SIPDispatchRuleInfo> first(List<SIPDispatchRuleInfo> rules) {
    return rules.stream().min(RuleTraits.BY_PRIORITY);
  }
}
