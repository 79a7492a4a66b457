package io.voicegateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.call.CurrentTransfers;
import io.voicegateway.call.InvalidPlan;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.PlanSettings;
import io.voicegateway.call.TransferRules;
import io.voicegateway.routes.CurrentRoutes;
import io.voicegateway.routes.RejectedEdit;
import io.voicegateway.routes.RouteCheck;
import io.voicegateway.routes.Stamp;
import io.voicegateway.routes.Watched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Takes edits of the number plan, its limits, extensions and transfers while calls run; a wrong one
 * changes nothing. Other settings are read at the start alone.
 */
@Component
final class PlanEdits implements Watched {

  private static final Logger log = LoggerFactory.getLogger(PlanEdits.class);

  private static final Pattern LINE = Pattern.compile(", line (\\d{1,6}): ");

  private final PlanSettings settings;
  private final Environment environment;
  private final NumberPlan plan;
  private final CurrentTransfers transfers;
  private final CurrentRoutes routes;
  private final List<RouteCheck> checks;
  private final Clock clock;

  private String served;

  /** What is not the plan's: a gateway on the sandbox needs no secret. */
  private Set<String> others = Set.of();

  private volatile @Nullable RejectedEdit rejected;

  PlanEdits(
      PlanSettings settings,
      Environment environment,
      NumberPlan plan,
      CurrentTransfers transfers,
      CurrentRoutes routes,
      List<RouteCheck> checks,
      Clock clock,
      MeterRegistry meters)
      throws IOException {
    this.settings = settings;
    this.environment = environment;
    this.plan = plan;
    this.transfers = transfers;
    this.routes = routes;
    this.checks = checks;
    this.clock = clock;
    this.served = text();
    Gauge.builder("gateway.plan.rejected", () -> rejected == null ? 0 : 1)
        .description("1 while the number plan's file holds an edit that is not served")
        .register(meters);
  }

  @EventListener
  void started(ApplicationStartedEvent started) {
    others = Set.copyOf(SettingsCheck.problems(environment));
  }

  @Override
  public List<String> stamps() throws IOException {
    return Files.exists(file()) ? List.of(Stamp.of(file())) : List.of();
  }

  @Override
  public void editComes() {}

  @Override
  public @Nullable RejectedEdit look() throws IOException {
    String text = text();
    if (text.equals(served)) {
      rejected = null;
      return null;
    }
    Optional<String> problem = take(text);
    if (problem.isEmpty()) {
      served = text;
      rejected = null;
      log.info("The number plan was edited: the edit is served from now on");
    } else {
      rejected =
          new RejectedEdit(
              clock.instant(),
              file().getFileName().toString(),
              line(problem.get()),
              problem.get(),
              "");
      log.error(
          "An edit of the number plan is rejected, the plan before it is served: {}",
          problem.get());
    }
    return rejected;
  }

  /** Where YAML cannot be read it says so; an entry is named by its place in the list. */
  private static int line(String problem) {
    Matcher line = LINE.matcher(problem);
    return line.find() ? Integer.parseInt(line.group(1)) : 0;
  }

  @Override
  public void tidy() {}

  @Override
  public @Nullable RejectedEdit rejected() {
    return rejected;
  }

  /** What is wrong with the edit; nothing when it was taken. */
  private Optional<String> take(String text) {
    if (text.isBlank()) {
      return Optional.of("it is empty or gone");
    }
    List<String> problems = new ArrayList<>(SettingsCheck.problems(environment));
    problems.removeAll(others);
    if (!problems.isEmpty()) {
      return Optional.of(String.join("; ", problems));
    }
    NumberPlan edited;
    TransferRules allowed;
    try {
      edited = settings.read(environment);
      allowed = settings.readTransfers(environment);
    } catch (InvalidPlan writtenMeanwhile) {
      return Optional.of(String.join("; ", writtenMeanwhile.problems()));
    }
    Optional<String> problem =
        checks.stream().flatMap(check -> check.problem(routes.camel(), edited).stream()).findAny();
    if (problem.isEmpty()) {
      plan.become(edited);
      transfers.become(allowed);
    }
    return problem;
  }

  private String text() throws IOException {
    return Files.exists(file()) ? Files.readString(file()) : "";
  }

  private Path file() {
    return Path.of(settings.file());
  }
}
