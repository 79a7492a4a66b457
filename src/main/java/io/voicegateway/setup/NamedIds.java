package io.voicegateway.setup;

import io.voicegateway.livekit.api.SipConfiguration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPOutboundTrunkInfo;

/** The ids that an operator named, beside those that LiveKit has. */
final class NamedIds {

  private final Set<String> inbound;
  private final Set<String> outbound;
  private final Set<String> rules;
  private final Set<String> applications;

  /**
   * @param applications ids of those in Jambonz; none when Jambonz is not to be set up
   */
  NamedIds(SipConfiguration found, Set<String> applications) {
    this.applications = applications;
    inbound =
        found.inbound().stream()
            .map(SIPInboundTrunkInfo::getSipTrunkId)
            .collect(Collectors.toSet());
    outbound =
        found.outbound().stream()
            .map(SIPOutboundTrunkInfo::getSipTrunkId)
            .collect(Collectors.toSet());
    rules =
        found.rules().stream()
            .map(SIPDispatchRuleInfo::getSipDispatchRuleId)
            .collect(Collectors.toSet());
  }

  /** Why nothing can be planned with them; empty when it can. */
  Optional<String> refusal(SetupOptions options) {
    Set<String> unknown = new TreeSet<>(options.named());
    List.of(inbound, outbound, rules).forEach(unknown::removeAll);
    unknown.removeAll(common(options.adopted(), applications));
    if (!unknown.isEmpty()) {
      return Optional.of(
          "LiveKit has no trunk or rule %s; an application is adopted with --jambonz, and pruned in the portal"
              .formatted(listed(unknown)));
    }
    Set<String> both = common(options.adopted(), options.pruned());
    if (!both.isEmpty()) {
      return Optional.of("%s cannot be adopted and pruned".formatted(listed(both)));
    }
    Set<String> wrongWay = common(options.adopted(), outbound);
    if (!wrongWay.isEmpty()) {
      return Optional.of(
          "--adopt is for an inbound trunk and a dispatch rule; %s is an outbound trunk: put its id into LIVEKIT_OUTBOUND_TRUNK"
              .formatted(listed(wrongWay)));
    }
    return common(options.adopted(), inbound).size() > 1
            || common(options.adopted(), rules).size() > 1
        ? Optional.of("--adopt takes one trunk and one rule")
        : Optional.empty();
  }

  private static Set<String> common(Set<String> ids, Set<String> others) {
    Set<String> both = new HashSet<>(ids);
    both.retainAll(others);
    return both;
  }

  private static String listed(Collection<String> ids) {
    return String.join(", ", new TreeSet<>(ids));
  }
}
