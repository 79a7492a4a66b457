package io.voicegateway.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.voicegateway.deadletter.Letter.State;
import io.voicegateway.deadletter.LetterStore.Kind;
import io.voicegateway.deadletter.LetterStore.Page;
import io.voicegateway.deadletter.LetterStore.Wanted;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows letters to whoever looks after them. */
@Component
public final class LetterDesk {

  /** Nobody gets more letters at a time. */
  public static final int MOST = 500;

  private static final int MOST_CAUSES = 50;

  private final Letters letters;
  private final Redo redo;

  LetterDesk(Letters letters, Redo redo) {
    this.letters = letters;
    this.redo = redo;
  }

  /**
   * Letters, the newest first, without their originals.
   *
   * @param causes why letters wait, the most frequent cause first
   * @param waiting how many wait
   * @param next the id after which there are more, null when these are the last
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Listing(
      List<Shown> letters, List<CauseCount> causes, long waiting, @Nullable String next) {}

  /**
   * How many letters wait for the same cause.
   *
   * @param replayable whether any of them can be replayed
   */
  public record CauseCount(String cause, long count, boolean replayable) {}

  /**
   * A letter as it is shown.
   *
   * @param replayable whether it can be replayed
   * @param advice what to do with it, empty when nothing is
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Shown(@JsonUnwrapped Letter letter, boolean replayable, String advice) {}

  /**
   * Some letters.
   *
   * @param state null for every state
   * @param cause null for every cause
   * @param before the id after which they begin, null for the newest
   */
  public Listing list(
      @Nullable State state, @Nullable String cause, @Nullable String before, int limit) {
    Page page = letters.store().page(new Wanted(state, cause, true, before, limit + 1));
    boolean more = page.letters().size() > limit;
    List<Letter> some = more ? page.letters().subList(0, limit) : page.letters();
    return new Listing(
        some.stream().map(this::shown).toList(),
        causes(page.kinds()),
        page.waiting(),
        more ? some.get(limit - 1).id() : null);
  }

  private List<CauseCount> causes(List<Kind> kinds) {
    return kinds.stream()
        .map(
            kind ->
                new CauseCount(
                    kind.cause(), kind.count(), redo.isPossible(kind.entry(), kind.unreadable())))
        .collect(Collectors.toMap(CauseCount::cause, one -> one, LetterDesk::sum))
        .values()
        .stream()
        .sorted(Comparator.comparing(CauseCount::count).reversed().thenComparing(CauseCount::cause))
        .limit(MOST_CAUSES)
        .toList();
  }

  private static CauseCount sum(CauseCount one, CauseCount other) {
    return new CauseCount(
        one.cause(), one.count() + other.count(), one.replayable() || other.replayable());
  }

  /** How many wait. */
  public long waiting() {
    return letters.store().waiting();
  }

  /**
   * One letter with its original.
   *
   * @param full whether numbers, names and settings are shown
   */
  public Optional<Shown> show(String id, boolean full) {
    return Replays.isId(id)
        ? letters.store().find(id).map(letter -> full ? letter : masked(letter)).map(this::shown)
        : Optional.empty();
  }

  private static Letter masked(Letter letter) {
    return letter.withOriginal(letter.body() == null ? null : LetterMask.text(letter.body()), null);
  }

  private Shown shown(Letter letter) {
    boolean waits = letter.state() == State.WAITING;
    return new Shown(letter, waits && redo.isPossible(letter), waits ? redo.advice(letter) : "");
  }
}
