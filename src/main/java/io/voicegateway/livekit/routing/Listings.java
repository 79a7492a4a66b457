package io.voicegateway.livekit.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;

/** What LiveKit's list calls return for a filter (protocol/livekit/sip.go, Filter). */
public final class Listings {
  private Listings() {}

  /** Trunks with one of the ids and one of the numbers; trunks without numbers have any number. */
  public static List<SIPInboundTrunkInfo> trunks(
      List<SIPInboundTrunkInfo> stored, List<String> trunkIds, List<String> numbers) {
    return stored.stream()
        .filter(trunk -> trunkIds.isEmpty() || trunkIds.contains(trunk.getSipTrunkId()))
        .filter(
            trunk ->
                numbers.isEmpty()
                    || trunk.getNumbersCount() == 0
                    || trunk.getNumbersList().stream()
                        .anyMatch(number -> PhoneNumbers.listed(number, numbers)))
        .toList();
  }

  /** Rules with one of the ids and for one of the trunks; rules without trunks are for any. */
  public static List<SIPDispatchRuleInfo> rules(
      List<SIPDispatchRuleInfo> stored, List<String> ruleIds, List<String> trunkIds) {
    return stored.stream()
        .filter(rule -> ruleIds.isEmpty() || ruleIds.contains(rule.getSipDispatchRuleId()))
        .filter(
            rule ->
                trunkIds.isEmpty()
                    || rule.getTrunkIdsCount() == 0
                    || !Collections.disjoint(rule.getTrunkIdsList(), trunkIds))
        .toList();
  }

  /** The stored ones with a new one in second place: the order in which LiveKit compares them. */
  static <T> List<T> withNew(List<T> stored, T added) {
    List<T> all = new ArrayList<>(stored);
    all.add(Math.min(1, all.size()), added);
    return all;
  }
}
