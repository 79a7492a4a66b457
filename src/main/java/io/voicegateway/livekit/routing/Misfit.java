package io.voicegateway.livekit.routing;

import java.util.List;

/**
 * Why one trunk or rule does not take a call.
 *
 * @param id of the trunk or rule
 * @param words the same, for an operator
 * @param near how the number is listed that LiveKit takes for another one, in words; empty for none
 */
public record Misfit(Kind kind, String id, String words, String near) {

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
    RULE_NUMBER,
    /** It fits, and another one comes first. */
    OUTRANKED;

    boolean isOfRule() {
      return this == RULE_TRUNK || this == RULE_CALLER || this == RULE_NUMBER;
    }
  }

  static Misfit of(Kind kind, String id, String words) {
    return new Misfit(kind, id, words, "");
  }

  /** With the listed number that a person would take for the call's. */
  Misfit beside(String number, List<String> listed) {
    String entry = PhoneNumbers.nearly(number, listed);
    return entry.isEmpty()
        ? this
        : new Misfit(
            kind,
            id,
            words,
            "it is listed as %s (%s), and the call has %s (%s)"
                .formatted(
                    entry, PhoneNumbers.beginning(entry), number, PhoneNumbers.beginning(number)));
  }
}
