package io.voicegateway.setup;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One line of a plan. Its texts are fit for everybody: no password, numbers masked.
 *
 * @param what the kind of thing: inbound trunk, dispatch rule, application …
 * @param id its id; empty while it does not exist
 * @param words what it is, or what is wrong
 * @param details a line for each difference, or for each way out of a conflict
 * @param change does it and gives a sentence on what was done; null while it has to wait for
 *     another step, or where there is nothing to do
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Step(
    Action action,
    String what,
    String id,
    String words,
    List<String> details,
    @JsonIgnore @Nullable Supplier<String> change) {

  /** Something that is only told. */
  static Step told(Action action, String what, String id, String words, String... details) {
    return new Step(action, what, id, words, List.of(details), null);
  }

  /** Something to be done. */
  static Step work(Action action, String what, String id, String words, Supplier<String> change) {
    return new Step(action, what, id, words, List.of(), change);
  }

  /** Keeps what is as it should be, and changes what differs. */
  static Step keepOrChange(
      String what,
      String id,
      String words,
      List<String> differences,
      @Nullable Supplier<String> change) {
    return differences.isEmpty()
        ? told(Action.KEEP, what, id, words)
        : new Step(Action.CHANGE, what, id, words, differences, change);
  }

  /** What it would be, if somebody asked for it. */
  Step asRemark() {
    if (action == Action.KEEP) {
      return this;
    }
    String would =
        action.isWork() ? "--jambonz would %s it: %s".formatted(action.word(), words) : words;
    return new Step(Action.REMARK, what, id, would, details, null);
  }

  Step inWords(UnaryOperator<String> other) {
    return new Step(
        action, what, id, other.apply(words), details.stream().map(other).toList(), change);
  }

  /** The same, to be done once somebody has decided. */
  Step heldBack() {
    return new Step(action, what, id, words, details, null);
  }

  /** What is to be done now, if anything is. */
  Optional<Supplier<String>> doable() {
    return Optional.ofNullable(change);
  }
}
