package io.voicegateway.livekit.routing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;

/**
 * Trunks and rules between which LiveKit cannot decide, so that it answers 503 to every call that
 * meets them, whoever's it is.
 */
public final class Conflicts {

  private Conflicts() {}

  /**
   * One of them.
   *
   * @param ids of the two trunks or rules, or of one that LiveKit cannot read
   * @param words what happens to which calls
   */
  public record Conflict(List<String> ids, String words) {}

  /** All of them, each pair once. */
  public static List<Conflict> among(
      List<SIPInboundTrunkInfo> trunks, List<SIPDispatchRuleInfo> rules) {
    List<Conflict> conflicts = new ArrayList<>();
    for (int i = 0; i < trunks.size(); i++) {
      for (SIPInboundTrunkInfo later : trunks.subList(i + 1, trunks.size())) {
        if (areBetween(trunks.get(i), later)) {
          conflicts.add(conflict(trunks.get(i), later));
        }
      }
    }
    Stream.concat(unreadable(rules), pairs(rules)).forEach(conflicts::add);
    return conflicts;
  }

  /** Whether LiveKit would answer 503 to some calls, should both be there. */
  public static boolean areBetween(SIPInboundTrunkInfo one, SIPInboundTrunkInfo other) {
    return share(one.getNumbersList(), other.getNumbersList())
        && overlap(one.getAllowedNumbersList(), other.getAllowedNumbersList())
        && AllowedAddresses.mayOverlap(
            one.getAllowedAddressesList(), other.getAllowedAddressesList());
  }

  /** Trunks without numbers take what trunks with numbers leave. */
  private static boolean share(List<String> numbers, List<String> others) {
    return numbers.isEmpty()
        ? others.isEmpty()
        : numbers.stream().anyMatch(number -> PhoneNumbers.listed(number, others));
  }

  private static boolean overlap(List<String> callers, List<String> others) {
    return callers.isEmpty() || others.isEmpty() || share(callers, others);
  }

  private static Conflict conflict(SIPInboundTrunkInfo one, SIPInboundTrunkInfo other) {
    String calls =
        one.getNumbersList().stream()
            .filter(number -> PhoneNumbers.listed(number, other.getNumbersList()))
            .findFirst()
            .map("calls to %s"::formatted)
            .orElse("calls to numbers that no trunk lists");
    boolean sure =
        AllowedAddresses.overlap(one.getAllowedAddressesList(), other.getAllowedAddressesList());
    boolean all = one.getAllowedNumbersCount() == 0 && other.getAllowedNumbersCount() == 0;
    return new Conflict(
        List.of(one.getSipTrunkId(), other.getSipTrunkId()),
        "%s and %s %s match %s%s: LiveKit answers 503%s"
            .formatted(
                Words.trunk(one),
                Words.trunk(other),
                sure ? "both" : "may both",
                calls,
                all ? "" : " from callers in allowed_numbers",
                sure ? "" : " when the From header has the host in allowed_addresses"));
  }

  private static Stream<Conflict> unreadable(List<SIPDispatchRuleInfo> rules) {
    return rules.stream()
        .filter(rule -> !RuleTraits.readable(rule))
        .map(
            rule ->
                new Conflict(
                    List.of(rule.getSipDispatchRuleId()),
                    "%s is of no kind LiveKit knows: it answers 503 to %s"
                        .formatted(Words.rule(rule), calls(rule.getTrunkIdsList()))));
  }

  private static Stream<Conflict> pairs(List<SIPDispatchRuleInfo> rules) {
    Set<List<String>> told = new HashSet<>();
    return RuleConflict.allAmong(rules.stream().filter(RuleTraits::readable).toList()).stream()
        .filter(pair -> told.add(pair.ids()))
        .map(
            pair ->
                new Conflict(
                    pair.ids(),
                    "%s and %s are for the same trunk, caller, called number and PIN: LiveKit answers 503 to %s"
                        .formatted(
                            Words.rule(pair.earlier()),
                            Words.rule(pair.rule()),
                            calls(pair.rule().getTrunkIdsList()))));
  }

  private static String calls(List<String> trunks) {
    return trunks.isEmpty()
        ? "every call"
        : "calls on trunk %s and on none".formatted(String.join(", ", trunks));
  }
}
