package io.voicegateway.call;

/** What a dead letter asked for cannot be done any more, or not now; nothing was tried. */
public final class NothingToRedo extends RuntimeException {

  /**
   * @param sentence why, and what to do with the letter, for an operator
   */
  public NothingToRedo(String sentence) {
    super(sentence, null, false, false);
  }
}
