package io.voicegateway.call;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks several places for something that one of them has. */
public final class InTurn {

  private InTurn() {}

  /**
   * What the first gives that gives anything. What one does not answer is known when another one
   * has the thing.
   *
   * @param failure how a place fails that does not answer
   * @throws F the first one when no place gives anything and one failed
   */
  public static <P, T, F extends RuntimeException> Optional<T> first(
      Iterable<P> places, Class<F> failure, Function<P, Optional<T>> request) {
    @Nullable RuntimeException unanswered = null;
    for (P place : places) {
      try {
        Optional<T> given = request.apply(place);
        if (given.isPresent()) {
          return given;
        }
      } catch (RuntimeException failed) {
        if (!failure.isInstance(failed)) {
          throw failed;
        }
        unanswered = unanswered == null ? failed : unanswered;
      }
    }
    if (unanswered != null) {
      throw unanswered;
    }
    return Optional.empty();
  }
}
