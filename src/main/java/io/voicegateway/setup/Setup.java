package io.voicegateway.setup;

import io.voicegateway.jambonz.rest.JambonzFailure;
import io.voicegateway.livekit.api.LiveKitFailure;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Carries a plan out. What one step makes, the next one needs, and another setup may be at work: so
 * after each round everything is read and compared again, until nothing is left to do. Whatever
 * stops it, the next run goes on from what it finds.
 */
public final class Setup {

  /** Trunk, rule, and what two setups at the same time have to take back from each other. */
  private static final int MOST_ROUNDS = 8;

  private final Supplier<List<Step>> comparison;
  private final NewSettings newSettings;
  private final Set<String> toldSettings = new HashSet<>();

  /**
   * @param comparison reads and compares; throws {@link LiveKitFailure} or {@link JambonzFailure}
   */
  Setup(Supplier<List<Step>> comparison, NewSettings newSettings) {
    this.comparison = comparison;
    this.newSettings = newSettings;
  }

  /**
   * What is to be done.
   *
   * @throws LiveKitFailure or JambonzFailure when one of them did not answer
   */
  public SetupPlan plan() {
    return new SetupPlan(comparison.get());
  }

  /**
   * Does what can be done.
   *
   * @param shown the plan that was agreed to; what follows from it is planned anew
   * @param told is given a sentence for each thing that was done or refused
   * @param settings is given the login of a trunk, as settings, just before the trunk gets it:
   *     whatever stops the run then, somebody knows its password
   * @return what is left, as read back at the end
   * @throws LiveKitFailure or JambonzFailure when one of them stopped answering
   */
  public SetupPlan apply(SetupPlan shown, Consumer<String> told, Consumer<String> settings) {
    SetupPlan plan = shown;
    int idle = 0;
    for (int round = 0; round < MOST_ROUNDS && idle < 2 && plan.isDoable(); round++) {
      newSettings.login(plan).stream().filter(toldSettings::add).forEach(settings);
      boolean progress =
          plan.doable().map(step -> carryOut(step, told)).reduce(false, Boolean::logicalOr);
      idle = progress ? 0 : idle + 1;
      plan = plan();
    }
    return plan;
  }

  /** What else the settings lack, as lines to be put there; each is told once. */
  public List<String> newSettings() {
    return newSettings.lines().stream().filter(toldSettings::add).toList();
  }

  /**
   * Why the password that was told must not be used, a sentence; empty when it is that of the
   * trunk.
   */
  public Optional<String> voided() {
    return newSettings.voided(toldSettings);
  }

  /** What is refused was possible when it was planned: the next round plans anew. */
  private static boolean carryOut(Step step, Consumer<String> told) {
    try {
      told.accept(step.doable().orElseThrow().get());
      return true;
    } catch (LiveKitFailure.Refused | JambonzFailure.Refused meanwhile) {
      told.accept(
          "%s %s: %s".formatted(step.what(), step.id(), meanwhile.getMessage()).replace("  ", " "));
      return false;
    }
  }
}
