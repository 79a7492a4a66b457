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
    String work = plan.toDo() == 0 ? "" : plan.toDo() + end(plan, applied);
    return (conflicts + work).strip();
  }

  private static String end(SetupPlan plan, boolean applied) {
    if (applied) {
      return " left to do.";
    }
    return plan.isDoable() ? " to do: run it again with --apply." : " to do then.";
  }

  private static void print(Step step, PrintStream out) {
    String id = step.id().isEmpty() ? "" : " " + step.id();
    out.println(
        Printable.line(
            "  %-8s  %s%s: %s".formatted(step.action().word(), step.what(), id, step.words())));
    step.details().forEach(detail -> out.println("            " + Printable.line(detail)));
  }
}
