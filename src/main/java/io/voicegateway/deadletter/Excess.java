package io.voicegateway.deadletter;

import io.voicegateway.deadletter.Letter.State;
import io.voicegateway.deadletter.LetterIndex.Kept;
import io.voicegateway.deadletter.LetterStore.Limits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which letters are too old or too many: those that wait stay longest, and of them the newest. */
final class Excess {

  private Excess() {}

  /**
   * Those that are to go.
   *
   * @param newestFirst all letters
   */
  static List<Kept> of(List<Kept> newestFirst, Limits limits) {
    List<Kept> byWorth = new ArrayList<>(newestFirst);
    byWorth.sort(Comparator.comparing(kept -> kept.letter().state() != State.WAITING));
    List<Kept> excess = new ArrayList<>();
    int count = 0;
    long bytes = 0;
    for (Kept kept : byWorth) {
      boolean old = kept.letter().at().isBefore(limits.before());
      if (old || count + 1 > limits.most() || bytes + kept.bytes() > limits.mostBytes()) {
        excess.add(kept);
      } else {
        count++;
        bytes += kept.bytes();
      }
    }
    return excess;
  }
}
