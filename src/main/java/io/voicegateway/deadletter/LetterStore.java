package io.voicegateway.deadletter;

import io.voicegateway.deadletter.Letter.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where dead letters are kept. What it throws says that it cannot be reached or written to. */
public interface LetterStore {

  /** Those that are wanted, without their originals, and what waits beside them. */
  Page page(Wanted wanted);

  /** The letter with that id. */
  Optional<Letter> find(String id);

  /** Keeps the new state of a letter. */
  void save(Letter letter);

  /**
   * Gives a waiting letter to whoever asks, until he releases it.
   *
   * @return false when somebody else has it, or when it does not wait any more
   */
  boolean claim(String id);

  /** Gives a claimed one back. */
  void release(String id);

  /** How many wait. */
  long waiting();

  /**
   * Deletes what was kept long enough, and the eldest of what is too much: first of those that were
   * handled.
   *
   * @return how many were deleted that still waited
   */
  int forget(Limits limits);

  /**
   * Which letters.
   *
   * @param state null for every state
   * @param cause null for every cause
   * @param from the id after which they begin, null for the first
   */
  record Wanted(
      @Nullable State state,
      @Nullable String cause,
      boolean newestFirst,
      @Nullable String from,
      int limit) {}

  /**
   * Some letters.
   *
   * @param kinds of all that wait, the most frequent first
   * @param waiting how many wait
   */
  record Page(List<Letter> letters, List<Kind> kinds, long waiting) {

    /** More kinds than these are not listed. */
    public static final int MOST_KINDS = 200;
  }

  /**
   * How many letters wait for the same cause and came in the same way.
   *
   * @param entry the route by which they came in; null in letters of old
   */
  record Kind(String cause, @Nullable String entry, boolean unreadable, long count) {}

  /**
   * How long and how much is kept.
   *
   * @param before older letters go
   * @param most letters
   * @param mostBytes of all letters together
   */
  record Limits(Instant before, int most, long mostBytes) {}
}
