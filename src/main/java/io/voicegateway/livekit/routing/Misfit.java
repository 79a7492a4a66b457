package io.voicegateway.livekit.routing;

/**
 * Why one trunk or rule does not take a call.
 *
 * @param id of the trunk or rule
 * @param words the same, for an operator
 */
public record Misfit(Kind kind, String id, String words) {

  /** What does not fit. */
  public enum Kind {
    /** The trunk has other numbers. */
    TRUNK_NUMBER,
    /** The caller is not in the trunk's allowed_numbers. */
    TRUNK_CALLER,
    /** The source is not in the trunk's allowed_addresses. */
    TRUNK_ADDRESS,
    /** The rule is for other trunks. */
    RULE_TRUNK,
    /** The caller is not in the rule's inbound_numbers. */
    RULE_CALLER,
    /** The called user is not in the rule's numbers. */
    RULE_NUMBER
  }
}
