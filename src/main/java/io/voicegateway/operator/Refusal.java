package io.voicegateway.operator;

/** A request of an operator that cannot be done, with the HTTP status and a sentence for him. */
public final class Refusal extends RuntimeException {

  private static final int UNAVAILABLE = 503;
  private static final int SOON = 5;

  private final int status;
  private final int retryAfter;

  public Refusal(int status, String sentence) {
    this(status, sentence, status == UNAVAILABLE ? SOON : 0);
  }

  /**
   * One that passes.
   *
   * @param retryAfter seconds
   */
  public Refusal(int status, String sentence, int retryAfter) {
    super(sentence);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** HTTP's. */
  public int status() {
    return status;
  }

  /** After how many seconds it may be done; 0 when nobody knows. */
  public int retryAfter() {
    return retryAfter;
  }

  /** For the operator. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
