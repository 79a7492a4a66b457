package io.voicegateway.setup;

import com.google.protobuf.Duration;
import io.voicegateway.call.Mask;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import livekit.LivekitSip.SIPHeaderOptions;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPMediaEncryption;

/**
 * The gateway's inbound trunk: without numbers, because the called user of its calls is the room's
 * name, and with a login. It stops ringing just before the dial does, so that LiveKit answers 486
 * instead of being cancelled.
 */
final class InboundTrunk {

  static final String WHAT = "inbound trunk";

  private static final String NAME = "voice-gateway";
  private static final String PASSWORD = "auth_password";

  /** The gateway's headers, as participant attributes that the agent reads while it rings. */
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "X-Gateway-Call-Sid", "gateway.call_sid",
          "X-Gateway-From", "gateway.from",
          "X-Gateway-To", "gateway.to");

  private InboundTrunk() {}

  static SIPInboundTrunkInfo made(Blueprint needed, Instant now) {
    SIPInboundTrunkInfo plain =
        SIPInboundTrunkInfo.newBuilder().setName(NAME).setMetadata(Mark.made(now)).build();
    return fitted(plain, needed);
  }

  /** A stored trunk with all that the gateway needs, and otherwise as it is. */
  static SIPInboundTrunkInfo fitted(SIPInboundTrunkInfo stored, Blueprint needed) {
    SIPInboundTrunkInfo.Builder trunk =
        stored.toBuilder()
            .clearNumbers()
            .clearAllowedNumbers()
            .setAuthUsername(needed.userOf(stored))
            .setRingingTimeout(Duration.newBuilder().setSeconds(needed.ringSeconds()))
            .clearMaxCallDuration()
            .putAllHeadersToAttributes(ATTRIBUTES);
    if (!needed.password().isEmpty()) {
      trunk.setAuthPassword(needed.password());
    } else if (stored.getAuthPassword().isEmpty()) {
      trunk.setAuthPassword(needed.newPassword());
    }
    if (!needed.allowedAddresses().isEmpty()) {
      trunk.clearAllowedAddresses().addAllAllowedAddresses(needed.allowedAddresses());
    }
    if (trunk.getMediaEncryption() == SIPMediaEncryption.SIP_MEDIA_ENCRYPT_REQUIRE) {
      trunk.setMediaEncryption(SIPMediaEncryption.SIP_MEDIA_ENCRYPT_ALLOW);
    }
    if (trunk.getIncludeHeaders() == SIPHeaderOptions.SIP_ALL_HEADERS) {
      trunk.setIncludeHeaders(SIPHeaderOptions.SIP_X_HEADERS);
    }
    return trunk.build();
  }

  static List<String> differences(SIPInboundTrunkInfo from, SIPInboundTrunkInfo to) {
    return new Differences()
        .compare("numbers", masked(from.getNumbersList()), masked(to.getNumbersList()))
        .compare(
            "allowed_numbers",
            masked(from.getAllowedNumbersList()),
            masked(to.getAllowedNumbersList()))
        .compare("allowed_addresses", from.getAllowedAddressesList(), to.getAllowedAddressesList())
        .compare("auth_username", from.getAuthUsername(), to.getAuthUsername())
        .compare("adopted rule", adopted(from.getMetadata()), adopted(to.getMetadata()))
        .compareSecret(PASSWORD, from.getAuthPassword(), to.getAuthPassword())
        .compare("ringing_timeout", seconds(from), seconds(to))
        .compare("max_call_duration", longest(from), longest(to))
        .compare("media_encryption", from.getMediaEncryption(), to.getMediaEncryption())
        .compare(
            "headers_to_attributes",
            from.getHeadersToAttributesMap(),
            to.getHeadersToAttributesMap())
        .compare("include_headers", from.getIncludeHeaders(), to.getIncludeHeaders())
        .lines();
  }

  /** Whether a step gives the trunk another password. */
  static boolean isGivenPassword(Step step) {
    return step.what().equals(WHAT)
        && (step.action() == Action.CREATE
            || step.details().contains(Differences.secret(PASSWORD)));
  }

  private static String adopted(String metadata) {
    String rule = Mark.adoptedRule(metadata);
    return rule.isEmpty() ? "none" : rule;
  }

  private static String seconds(SIPInboundTrunkInfo trunk) {
    return trunk.hasRingingTimeout() ? trunk.getRingingTimeout().getSeconds() + " s" : "none";
  }

  private static String longest(SIPInboundTrunkInfo trunk) {
    return trunk.hasMaxCallDuration() ? trunk.getMaxCallDuration().getSeconds() + " s" : "none";
  }

  /** Who it is for, in words. */
  static String words(SIPInboundTrunkInfo trunk) {
    String numbers =
        trunk.getNumbersCount() == 0
            ? "all numbers"
            : String.join(", ", masked(trunk.getNumbersList()));
    return "\"%s\", for %s".formatted(Mask.text(trunk.getName()), numbers);
  }

  private static List<String> masked(List<String> numbers) {
    return numbers.stream().map(Mask::tail).toList();
  }
}
