package io.voicegateway.deadletter;

/** The letters of all gateways that share a database. */
public interface SharedLetters extends LetterStore {

  /** Whether there is one and it answered when it was last asked. */
  boolean isUp();

  /** Keeps a letter, unless it is there already. */
  void add(Letter letter);

  /** Whether it is this gateway's turn to tidy up. */
  boolean isOurTurn();
}
