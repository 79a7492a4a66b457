package io.voicegateway.livekit.routing;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPMediaEncryption;
import org.jspecify.annotations.Nullable;

/** What LiveKit accepts of the media a caller offers. */
final class MediaOffer {
  /** Switched on by default (sip/pkg/sip/media_codecs.go). */
  private static final Set<String> CODECS = Set.of("PCMU", "PCMA", "G722");

  private MediaOffer() {}

  /** Whether one codec, written {@code PCMU} or {@code PCMU/8000}, is known to both sides. */
  static boolean hasCommonCodec(List<String> codecs) {
    return codecs.stream()
        .map(codec -> codec.split("/", 2)[0].toUpperCase(Locale.ROOT))
        .anyMatch(CODECS::contains);
  }

  /**
   * The rule's encryption counts before the trunk's, unless it is off (protocol/livekit/sip.go).
   */
  static boolean requiresSrtp(@Nullable SIPInboundTrunkInfo trunk, SIPDispatchRuleInfo rule) {
    SIPMediaEncryption encryption = rule.getMediaEncryption();
    if (encryption == SIPMediaEncryption.SIP_MEDIA_ENCRYPT_DISABLE && trunk != null) {
      encryption = trunk.getMediaEncryption();
    }
    return encryption == SIPMediaEncryption.SIP_MEDIA_ENCRYPT_REQUIRE;
  }
}
