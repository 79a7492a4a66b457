package io.voicegateway.livekit.routing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import livekit.LivekitSip.SIPDispatchRuleInfo;

/**
 * The participant a caller becomes in the room (protocol/sip/sip.go, EvaluateDispatchRule).
 *
 * @param identity unique in the room: a second call of the same number throws out the first
 * @param name shown name
 * @param metadata the rule's metadata
 * @param attributes the rule's attributes and those LiveKit knows before the call is answered
 */
public record PhoneParticipant(
    String identity, String name, String metadata, Map<String, String> attributes) {
  private static final int HASHED_BYTES = 8;

  /** The participant of a call that came in on a trunk (empty id: on none) and fits a rule. */
  public static PhoneParticipant of(String trunkId, SIPDispatchRuleInfo rule, Invite invite) {
    Map<String, String> attributes = new LinkedHashMap<>(rule.getAttributesMap());
    attributes.put("sip.trunkID", trunkId);
    attributes.put("sip.ruleID", rule.getSipDispatchRuleId());
    if (!rule.getHidePhoneNumber()) {
      attributes.put("sip.phoneNumber", invite.fromUser());
      attributes.put("sip.hostname", invite.fromHost());
      attributes.put("sip.trunkPhoneNumber", invite.calledUser());
    }
    return new PhoneParticipant(
        "sip_" + (rule.getHidePhoneNumber() ? hash(invite.fromUser()) : invite.fromUser()),
        "Phone " + shownNumber(rule, invite),
        rule.getMetadata(),
        Map.copyOf(attributes));
  }

  /** The caller, or its last bytes where the rule hides numbers. */
  static String shownNumber(SIPDispatchRuleInfo rule, Invite invite) {
    String from = invite.fromUser();
    if (!rule.getHidePhoneNumber()) {
      return from;
    }
    byte[] bytes = from.getBytes(StandardCharsets.UTF_8);
    int kept = Math.min(bytes.length, bytes.length <= 4 ? 1 : 4);
    return new String(bytes, bytes.length - kept, kept, StandardCharsets.UTF_8);
  }

  private static String hash(String caller) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(caller.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASHED_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JRE has SHA-256", e);
    }
  }
}
