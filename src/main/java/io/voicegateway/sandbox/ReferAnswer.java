package io.voicegateway.sandbox;

/**
 * What the far side of a phone leg answers to a REFER.
 *
 * @param code 202, or the code that refuses
 * @param outcome the code in the NOTIFY that ends the transfer; 0 when none ever comes
 */
public record ReferAnswer(int code, int outcome) {
  /** Accepted, and the transfer succeeds. */
  public static final ReferAnswer TRANSFERRED = new ReferAnswer(202, 200);

  /** Accepted, and nothing is heard of it again. */
  public static final ReferAnswer NEVER_REPORTED = new ReferAnswer(202, 0);

  /** Refused at once. */
  public static ReferAnswer refused(int code) {
    return new ReferAnswer(code, 0);
  }

  /** Accepted, but the transfer fails. */
  public static ReferAnswer failed(int outcome) {
    return new ReferAnswer(202, outcome);
  }
}
