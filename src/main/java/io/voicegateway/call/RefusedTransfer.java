package io.voicegateway.call;

/** A transfer that is not done. Its sentence and its target are fit for logs. */
public final class RefusedTransfer extends RuntimeException {

  private final int status;
  private final String target;

  private RefusedTransfer(int status, String target, String sentence) {
    super(sentence, null, false, false);
    this.status = status;
    this.target = target;
  }

  /** What was asked for is not understood. */
  public static RefusedTransfer unreadable(String target, String sentence) {
    return new RefusedTransfer(400, target, sentence);
  }

  /** It is understood, and must not be. */
  public static RefusedTransfer forbidden(String target, String sentence) {
    return new RefusedTransfer(403, target, sentence);
  }

  /** There is no such call. */
  public static RefusedTransfer noSuchCall(String target) {
    return new RefusedTransfer(
        404, target, "There is no such call: it is over, or its id is wrong.");
  }

  /** Nobody who could do it is known. */
  public static RefusedTransfer notSet(String sentence) {
    return new RefusedTransfer(501, "", sentence);
  }

  /** Jambonz did not do its part. */
  public static RefusedTransfer notDone(String target, String why) {
    return new RefusedTransfer(502, target, "It was not done; try again. " + why);
  }

  /** What an HTTP client is told. */
  public int status() {
    return status;
  }

  /** Whom the caller was to be handed on to, masked; empty when that was not asked yet. */
  public String target() {
    return target;
  }

  /** Why. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
