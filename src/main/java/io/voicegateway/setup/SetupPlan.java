package io.voicegateway.setup;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What is to be done, and what is told beside that. */
public record SetupPlan(List<Step> steps) {

  /** The same in other words, to be told and not to be done. */
  public SetupPlan inWords(UnaryOperator<String> words) {
    return new SetupPlan(steps.stream().map(step -> step.inWords(words)).toList());
  }

  /** How many steps are to be done. */
  @JsonProperty
  public long toDo() {
    return count(step -> step.action().isWork());
  }

  /** How many things somebody has to decide, or to do by hand. */
  @JsonProperty
  public long conflicts() {
    return count(step -> step.action() == Action.CONFLICT);
  }

  /** Whether everything is as the gateway needs it. */
  public boolean isDone() {
    return toDo() == 0 && conflicts() == 0;
  }

  /** Whether anything can be done before somebody has decided on the rest. */
  public boolean isDoable() {
    return doable().findAny().isPresent();
  }

  Stream<Step> doable() {
    return steps.stream().filter(step -> step.doable().isPresent());
  }

  private long count(Predicate<Step> which) {
    return steps.stream().filter(which).count();
  }
}
