package io.voicegateway.operator;

/** A request of an operator that cannot be done, with the HTTP status and a sentence for him. */
public final class Refusal extends RuntimeException {

  private final int status;

  public Refusal(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  /** HTTP's. */
  public int status() {
    return status;
  }

  /** For the operator. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
