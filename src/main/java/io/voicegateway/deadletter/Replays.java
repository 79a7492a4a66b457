package io.voicegateway.deadletter;

import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.call.NothingToRedo;
import io.voicegateway.deadletter.Letter.State;
import io.voicegateway.deadletter.LetterStore.Wanted;
import io.voicegateway.deadletter.Outcome.Result;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What operators do with letters. Each is handled by one of them at a time, at whichever gateway,
 * and done once; a letter that fails again is the same letter with one attempt more.
 */
@Component
public final class Replays {

  private static final Logger log = LoggerFactory.getLogger(Replays.class);

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,100}");

  /** Letters of one request for all. */
  private static final int MOST_AT_ONCE = 200;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** So many failures in a row say that the cause is not gone. */
  private static final int MOST_FAILURES = 3;

  static final String UNKNOWN = "There is no such letter: list them for their ids.";

  private static final String NOT_WRITTEN =
      " That could not be written down, so the letter still waits: to replay it again does no harm.";

  private final Letters letters;
  private final Redo redo;
  private final MeterRegistry meters;
  private final Clock clock;

  Replays(Letters letters, Redo redo, MeterRegistry meters, Clock clock) {
    this.letters = letters;
    this.redo = redo;
    this.meters = meters;
    this.clock = clock;
  }

  /** Does what a letter asked for, unless it was done before. */
  public Outcome replay(String id, String by) {
    return handled(
        id,
        by,
        Outcome.undone(id, Result.ALREADY_DISCARDED, "It was discarded: its original is gone."),
        (store, letter) -> replayed(store, letter, by));
  }

  /** Gives a letter up; its original is deleted. */
  public Outcome discard(String id, String by) {
    return handled(
        id,
        by,
        Outcome.done(id, Result.ALREADY_DISCARDED, "It was discarded before; nothing was done."),
        (store, letter) -> discarded(store, letter, by));
  }

  /**
   * Replays all letters of a cause, the eldest first, for as long as a request may take.
   *
   * @param from the id after which they begin, null for the first
   */
  public Outcome.All replayAll(String cause, @Nullable String from, String by) {
    return all(cause, from, by, this::replay);
  }

  /** The same for giving up. */
  public Outcome.All discardAll(String cause, @Nullable String from, String by) {
    return all(cause, from, by, this::discard);
  }

  private Outcome.All all(
      String cause, @Nullable String from, String by, BiFunction<String, String, Outcome> wish) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<Letter> some =
        letters.store().page(new Wanted(State.WAITING, cause, false, from, MOST_AT_ONCE)).letters();
    List<Outcome> outcomes = new ArrayList<>();
    int failures = 0;
    for (Letter letter : some) {
      if (failures == MOST_FAILURES || System.nanoTime() > end) {
        break;
      }
      Outcome outcome = wish.apply(letter.id(), by);
      outcomes.add(outcome);
      failures = outcome.result() == Result.FAILED ? failures + 1 : 0;
    }
    boolean more = outcomes.size() < some.size() || some.size() == MOST_AT_ONCE;
    int done = (int) outcomes.stream().filter(Outcome::isDone).count();
    return new Outcome.All(
        done,
        outcomes.size() - done,
        failures == MOST_FAILURES,
        outcomes,
        more ? outcomes.get(outcomes.size() - 1).id() : null);
  }

  private Outcome handled(
      String id, String by, Outcome ofDiscarded, BiFunction<LetterStore, Letter, Outcome> wish) {
    LetterStore store = letters.store();
    Outcome outcome = isId(id) ? handled(id, store, ofDiscarded, wish) : unknown(id);
    meters.counter("gateway.dead.letters.handled", "outcome", outcome.result().word()).increment();
    log.info(
        "Dead letter {}: {} by {}{}",
        id.replaceAll("[^\\w-]", "?"),
        outcome.result().word(),
        by,
        outcome.error() == null ? "" : ". " + outcome.error());
    return outcome;
  }

  static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  private static Outcome handled(
      String id,
      LetterStore store,
      Outcome ofDiscarded,
      BiFunction<LetterStore, Letter, Outcome> wish) {
    if (!store.claim(id)) {
      return notClaimed(id, store.find(id), ofDiscarded);
    }
    try {
      return store.find(id).map(letter -> wish.apply(store, letter)).orElseGet(() -> unknown(id));
    } finally {
      release(id, store);
    }
  }

  private static void release(String id, LetterStore store) {
    try {
      store.release(id);
    } catch (RuntimeException away) {
      log.warn("Dead letter {} is nobody's again in some minutes: the database is away", id);
    }
  }

  private static Outcome notClaimed(String id, Optional<Letter> known, Outcome ofDiscarded) {
    if (known.isEmpty()) {
      return unknown(id);
    }
    return switch (known.get().state()) {
      case WAITING ->
          Outcome.undone(id, Result.BUSY, "Somebody replays or discards it at this moment.");
      case REPLAYED ->
          Outcome.done(id, Result.ALREADY_REPLAYED, "It was replayed before; nothing was done.");
      case DISCARDED -> ofDiscarded;
    };
  }

  private static Outcome unknown(String id) {
    return Outcome.undone(id, Result.UNKNOWN, UNKNOWN);
  }

  private Outcome replayed(LetterStore store, Letter letter, String by) {
    try {
      String cause = redo.run(letter);
      if (cause == null) {
        String words = "It was replayed.";
        return Outcome.done(
            letter.id(),
            Result.REPLAYED,
            isKept(store, letter.replayed(clock.instant(), by)) ? words : words + NOT_WRITTEN);
      }
      isKept(store, letter.failedAgain(clock.instant(), by, cause));
      return Outcome.undone(
          letter.id(),
          Result.FAILED,
          "It failed again: %s. The letter still waits.".formatted(cause));
    } catch (NothingToRedo nothing) {
      return Outcome.undone(letter.id(), Result.REFUSED, String.valueOf(nothing.getMessage()));
    }
  }

  private Outcome discarded(LetterStore store, Letter letter, String by) {
    store.save(letter.discarded(clock.instant(), by));
    return Outcome.done(letter.id(), Result.DISCARDED, "It was discarded.");
  }

  private static boolean isKept(LetterStore store, Letter letter) {
    try {
      store.save(letter);
      return true;
    } catch (RuntimeException away) {
      log.warn(
          "What became of dead letter {} could not be written down: {}",
          letter.id(),
          away.getClass().getSimpleName());
      return false;
    }
  }
}
