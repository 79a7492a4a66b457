package io.voicegateway.call;

import java.util.List;

/** The number plan cannot be used; one sentence for each thing that is wrong. */
public final class InvalidPlan extends RuntimeException {

  private final List<String> problems;

  InvalidPlan(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
