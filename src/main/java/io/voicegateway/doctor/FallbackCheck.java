package io.voicegateway.doctor;

import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.call.Rung;
import java.util.List;

/** Whether a caller whose agent cannot be reached hears something, whatever Jambonz can speak. */
final class FallbackCheck {

  private static final String CHECK = "fallback";

  private FallbackCheck() {}

  /** A line for each entry of the plan that has something to say, or one that all is well. */
  static List<Diagnosis> examine(NumberPlan plan) {
    List<Diagnosis> diagnoses =
        plan.entries().stream().filter(FallbackCheck::isMute).map(FallbackCheck::mute).toList();
    return diagnoses.isEmpty()
        ? List.of(
            Diagnosis.ok(CHECK, "every number has a rung that needs neither LiveKit nor speech"))
        : diagnoses;
  }

  /** A sentence is followed by the announcement where Jambonz has no voice; a sound is not. */
  private static boolean isMute(PlanEntry entry) {
    return entry.fallback().rungs().stream()
        .noneMatch(
            rung ->
                rung instanceof Rung.Notice
                    || rung instanceof Rung.Say
                    || rung instanceof Rung.DialPerson);
  }

  private static Diagnosis mute(PlanEntry entry) {
    return Diagnosis.warning(
        CHECK,
        "%s: a caller whose agent cannot be reached hears nothing of the gateway's own"
            .formatted(entry.label()),
        "Put notice, or dial: and a person, into its fallback.");
  }
}
