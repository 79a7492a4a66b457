package io.voicegateway.livekit.routing;

/** Why LiveKit's routing ended as it did. */
public enum Cause {
  ACCEPTED("accepted"),
  ASKS_FOR_PIN("asks-for-pin"),
  SOURCE_UNREADABLE("source-unreadable"),
  SEVERAL_TRUNKS("several-trunks-match"),
  CREDENTIALS_MISSING("credentials-missing"),
  CREDENTIALS_IN_WRONG_HEADER("credentials-in-wrong-header"),
  CREDENTIALS_WRONG("credentials-wrong"),
  NO_TRUNK("no-trunk"),
  NO_RULE("no-rule-fits"),
  RULES_CONFLICT("rules-conflict"),
  RULE_UNREADABLE("rule-unreadable"),
  NO_CALLER_TO_MASK("no-caller-to-mask"),
  NO_COMMON_CODEC("no-common-codec"),
  SRTP_REQUIRED("srtp-required"),
  MEDIA_UNUSABLE("media-config-unusable"),
  NO_ROOM_NAME("no-room-name");

  private final String code;

  Cause(String code) {
    this.code = code;
  }

  /** The stable name used in reports and interfaces. */
  public String code() {
    return code;
  }
}
