package io.voicegateway.operator;

/** Whoever is let in. */
public record Account(String name, Role role) {

  /** What he may do. */
  public enum Role {
    /** See everything, numbers masked, and change nothing. */
    VIEWER,
    /** See whole numbers, and change things. */
    OPERATOR
  }

  public boolean isOperator() {
    return role == Role.OPERATOR;
  }
}
