package io.voicegateway.console;

import io.voicegateway.SettingsCheck;
import io.voicegateway.doctor.Diagnosis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Whether the routes load and take a call on the sandbox: what {@code routes check} does. */
final class RoutesDiagnosis {

  private static final String CHECK = "routes";
  private static final String ADVICE = "./gateway routes check shows where.";

  private RoutesDiagnosis() {}

  static Diagnosis of(Path routes) throws InterruptedException {
    if (!Files.isDirectory(routes)) {
      return Diagnosis.problem(CHECK, "there is no folder " + routes, "Correct ROUTES.");
    }
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      return Diagnosis.skipped(CHECK, "first correct the settings above");
    }
    try (Rehearsal rehearsal = Rehearsal.of(routes, true, false)) {
      return rehearsal.calls().isPlayable()
          ? Diagnosis.ok(CHECK, "load, and take a call on the sandbox")
          : Diagnosis.problem(CHECK, "do not take a call on the sandbox", ADVICE);
    } catch (IOException | RuntimeException broken) {
      return Diagnosis.problem(CHECK, "do not load", ADVICE);
    }
  }

  /** Settings that stop a gateway also on the sandbox. */
  private static List<String> problems() {
    ConfigurableEnvironment settings = Tools.settings();
    settings.getPropertySources().addFirst(new MapPropertySource("on sandbox", Launch.ON_SANDBOX));
    List<String> problems = new ArrayList<>(SettingsCheck.problems(settings));
    Launch.logFormatProblem().ifPresent(problems::add);
    return problems;
  }
}
