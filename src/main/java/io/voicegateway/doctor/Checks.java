package io.voicegateway.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lines so far. A check that cannot be made is a line too, and stops no other. */
final class Checks {

  private final Set<String> wrongSettings;
  private final List<Diagnosis> diagnoses = new ArrayList<>();

  /**
   * @param wrongSettings settings of which it was told already that they are missing or wrong
   */
  Checks(Set<String> wrongSettings) {
    this.wrongSettings = Set.copyOf(wrongSettings);
  }

  /** A check, which adds its lines. */
  @FunctionalInterface
  interface Check<T> {
    @Nullable T make(List<Diagnosis> diagnoses) throws InterruptedException;
  }

  /** A check that finds nothing but its lines. */
  @FunctionalInterface
  interface Look {
    void at(List<Diagnosis> diagnoses) throws InterruptedException;
  }

  /**
   * Makes a check, unless a setting that it needs is wrong.
   *
   * @param name what is looked at
   * @param settings those that it needs
   * @return what it finds; null when it was not made, or finds nothing
   */
  <T> @Nullable T make(String name, List<String> settings, Check<T> check)
      throws InterruptedException {
    List<String> wrong = settings.stream().filter(wrongSettings::contains).toList();
    if (!wrong.isEmpty()) {
      diagnoses.add(Diagnosis.skipped(name, "first correct " + String.join(" and ", wrong)));
      return null;
    }
    try {
      return check.make(diagnoses);
    } catch (RuntimeException broken) {
      diagnoses.add(
          Diagnosis.warning(
              name,
              "cannot be looked at: " + broken.getClass().getSimpleName(),
              settings.isEmpty()
                  ? "See the other lines."
                  : "Check " + String.join(", ", settings) + "."));
      return null;
    }
  }

  /** The same for a check whose lines are all that it finds. */
  void run(String name, List<String> settings, Look look) throws InterruptedException {
    Check<Void> check =
        lines -> {
          look.at(lines);
          return null;
        };
    make(name, settings, check);
  }

  void add(Diagnosis diagnosis) {
    diagnoses.add(diagnosis);
  }

  List<Diagnosis> diagnoses() {
    return List.copyOf(diagnoses);
  }
}
