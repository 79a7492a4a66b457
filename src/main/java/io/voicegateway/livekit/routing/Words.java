package io.voicegateway.livekit.routing;

import java.util.List;
import java.util.stream.Collectors;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;

/** How trunks and rules are named in explanations and in LiveKit's own messages. */
final class Words {
  private Words() {}

  static String trunk(SIPInboundTrunkInfo trunk) {
    return "trunk %s \"%s\"".formatted(trunk.getSipTrunkId(), trunk.getName());
  }

  static String rule(SIPDispatchRuleInfo rule) {
    return "rule %s \"%s\"".formatted(rule.getSipDispatchRuleId(), rule.getName());
  }

  /** A string as Go's %q writes it in LiveKit's messages. */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  static String quoted(List<String> texts) {
    return texts.stream().map(Words::quoted).collect(Collectors.joining(" ", "[", "]"));
  }

  static String orElse(String text, String blank) {
    return text.isEmpty() ? blank : text;
  }
}
