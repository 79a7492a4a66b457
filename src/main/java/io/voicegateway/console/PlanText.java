package io.voicegateway.console;

import io.voicegateway.setup.SetupPlan;
import io.voicegateway.setup.Step;
import java.io.PrintStream;

/** Prints a plan for people, a line for each thing. */
final class PlanText {

  private PlanText() {}

  static void print(SetupPlan plan, PrintStream out) {
    plan.steps().forEach(step -> print(step, out));
  }

  /** What the whole comes to. */
  static String sum(SetupPlan plan, boolean applied) {
    if (plan.isDone()) {
      return "Nothing to do.";
    }
    String conflicts =
        plan.conflicts() == 0 ? "" : plan.conflicts() + " in conflict: see the ways out above. ";
    String work =
        plan.toDo() == 0
            ? ""
            : plan.toDo() + (applied ? " left to do." : " to do: run it again with --apply.");
    return (conflicts + work).strip();
  }

  private static void print(Step step, PrintStream out) {
    String id = step.id().isEmpty() ? "" : " " + step.id();
    out.println(
        Printable.line(
            "  %-8s  %s%s: %s".formatted(step.action().word(), step.what(), id, step.words())));
    step.details().forEach(detail -> out.println("            " + Printable.line(detail)));
  }
}
