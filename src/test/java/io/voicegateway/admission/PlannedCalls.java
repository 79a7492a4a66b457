package io.voicegateway.admission;

import io.voicegateway.call.Call;
import io.voicegateway.call.Call.Direction;
import io.voicegateway.call.Call.Origin;
import io.voicegateway.call.InvalidPlan;
import io.voicegateway.call.NumberFormat;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.call.PlanFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Calls of a plan, for tests. */
final class PlannedCalls {

  static final String TO = "+15550001000";

  private final NumberPlan plan;

  /**
   * A plan.
   *
   * @param entries the lines of {@code gateway.numbers}
   * @throws InvalidPlan when they are wrong
   */
  PlannedCalls(String entries) {
    this("{}", entries);
  }

  /**
   * The same with limits for all.
   *
   * @param forAll the value of {@code gateway.limits}
   */
  PlannedCalls(String forAll, String entries) {
    try {
      Path file = Files.createTempFile("plan", ".yaml");
      Files.writeString(
          file, "gateway:\n  limits: " + forAll + "\n  numbers:\n" + entries.indent(4));
      plan =
          PlanFile.read(file, PlanEntry.standard("voice-agent"), value -> value, Set.of("default"));
      Files.delete(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A plan whose only number is {@link #TO}, with those limits. */
  static PlannedCalls with(String limits) {
    return new PlannedCalls("- {number: \"%s\", %s}".formatted(TO, limits));
  }

  NumberPlan plan() {
    return plan;
  }

  Call call(String sid, String from) {
    return call(sid, from, TO);
  }

  Call call(String sid, String from, String to) {
    return new Call(
        sid,
        Direction.INBOUND,
        NumberFormat.party(from, null),
        NumberFormat.party(to, null),
        plan.choose(to),
        new Origin("", null, null, null, Map.of(), Map.of()));
  }
}
