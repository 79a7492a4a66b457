package io.voicegateway.call;

import java.util.concurrent.atomic.AtomicReference;

/**
 * What somebody waits for, but not for ever: either its answer is taken in time, or it is given up
 * and whatever comes then is undone. It never is both.
 */
public final class Question {

  /** The name under which an exchange carries it. */
  public static final String PROPERTY = "question";

  private enum State {
    OPEN,
    TAKEN,
    GIVEN_UP
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

  /** The answer is there; false when nobody waits for it any more. */
  public boolean take() {
    return becomes(State.TAKEN);
  }

  /** Nobody waits any longer; false when the answer was taken before. */
  public boolean giveUp() {
    return becomes(State.GIVEN_UP);
  }

  private boolean becomes(State end) {
    return state.compareAndSet(State.OPEN, end) || state.get() == end;
  }
}
