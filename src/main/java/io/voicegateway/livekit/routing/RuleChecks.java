package io.voicegateway.livekit.routing;

import java.util.List;
import java.util.Optional;
import livekit.LivekitSip.CreateSIPDispatchRuleRequest;
import livekit.LivekitSip.SIPDispatchRuleInfo;

/**
 * What LiveKit refuses to store as a dispatch rule, in its own words (protocol/livekit/sip.go,
 * Validate; protocol/sip/sip.go, DispatchRuleValidator). Every refusal is an {@code
 * invalid_argument}; empty means the rule is accepted. Trunk ids are not checked.
 */
public final class RuleChecks {
  private RuleChecks() {}

  /** The rule a request asks for: its {@code dispatch_rule}, or the older flat form. */
  public static SIPDispatchRuleInfo requested(CreateSIPDispatchRuleRequest request) {
    if (request.hasDispatchRule()) {
      return request.getDispatchRule();
    }
    return flatForm(request);
  }

  /** The refusal of a new rule beside the stored ones. */
  @SuppressWarnings("deprecation") // LiveKit narrows the stored ones by the flat form's trunks
  public static Optional<String> refusalOf(
      CreateSIPDispatchRuleRequest request, List<SIPDispatchRuleInfo> stored) {
    SIPDispatchRuleInfo rule = requested(request);
    if (!rule.getSipDispatchRuleId().isEmpty()) {
      return Optional.of("rule id must not be set");
    }
    List<SIPDispatchRuleInfo> listed = Listings.rules(stored, List.of(), request.getTrunkIdsList());
    return unreadable(rule).or(() -> conflict(Listings.withNew(listed, rule)));
  }

  /** The refusal of a changed rule; the stored one with its id is replaced. */
  public static Optional<String> refusalOfChange(
      SIPDispatchRuleInfo changed, List<SIPDispatchRuleInfo> stored) {
    List<SIPDispatchRuleInfo> listed =
        Listings.rules(stored, List.of(), changed.getTrunkIdsList()).stream()
            .map(rule -> sameId(rule, changed) ? changed : rule)
            .toList();
    return unreadable(changed).or(() -> conflict(listed));
  }

  @SuppressWarnings("deprecation") // the flat form is deprecated, and LiveKit still reads it
  private static SIPDispatchRuleInfo flatForm(CreateSIPDispatchRuleRequest request) {
    SIPDispatchRuleInfo.Builder rule =
        SIPDispatchRuleInfo.newBuilder()
            .addAllTrunkIds(request.getTrunkIdsList())
            .setHidePhoneNumber(request.getHidePhoneNumber())
            .addAllInboundNumbers(request.getInboundNumbersList())
            .setName(request.getName())
            .setMetadata(request.getMetadata())
            .putAllAttributes(request.getAttributesMap())
            .setRoomPreset(request.getRoomPreset());
    if (request.hasRule()) {
      rule.setRule(request.getRule());
    }
    if (request.hasRoomConfig()) {
      rule.setRoomConfig(request.getRoomConfig());
    }
    return rule.build();
  }

  private static Optional<String> unreadable(SIPDispatchRuleInfo rule) {
    if (!rule.hasRule()) {
      return Optional.of("missing rule");
    }
    return RuleTraits.readable(rule)
        ? Optional.empty()
        : Optional.of("unsupported SIP Dispatch Rule: <nil>");
  }

  private static Optional<String> conflict(List<SIPDispatchRuleInfo> rules) {
    return RuleConflict.firstAmong(rules.stream().filter(RuleTraits::readable).toList())
        .map(RuleConflict::earlier)
        .map(
            earlier ->
                "Dispatch rule for the same trunk, inbound number, number, and PIN combination already exists in dispatch rule %s %s"
                    .formatted(
                        Words.quoted(Words.orElse(earlier.getSipDispatchRuleId(), "<new>")),
                        Words.quoted(Words.orElse(earlier.getName(), "<blank name>"))));
  }

  private static boolean sameId(SIPDispatchRuleInfo rule, SIPDispatchRuleInfo other) {
    return rule.getSipDispatchRuleId().equals(other.getSipDispatchRuleId());
  }
}
