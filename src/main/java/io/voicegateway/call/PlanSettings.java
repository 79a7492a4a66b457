package io.voicegateway.call;

import io.voicegateway.project.ProjectSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Where the number plan stands, and what it says of numbers that have no entry.
 *
 * @param agent agent for numbers without an entry
 * @param connect how their callers are brought into their rooms, empty for the usual way
 * @param fallback their ladder, empty for the usual one
 * @param country country of national numbers, empty for none
 * @param file the YAML file with {@code gateway.numbers}
 */
@ConfigurationProperties("gateway.plan")
public record PlanSettings(
    @DefaultValue("") String agent,
    @DefaultValue("") String connect,
    @DefaultValue("") String fallback,
    @DefaultValue("") String country,
    @DefaultValue("application.yaml") String file) {

  /** What the operator set, by the key of the plan that it stands for. */
  private static final Map<String, String> SETTING =
      Map.of(
          "agent", "AGENT_NAME, ",
          "connect", "CONNECT, ",
          "fallback", "FALLBACK, ",
          "country", "DEFAULT_COUNTRY, ");

  public PlanSettings {
    agent = agent.isBlank() ? ProjectSettings.USUAL_AGENT : agent.strip();
  }

  /**
   * Reads the number plan.
   *
   * @throws InvalidPlan with one sentence for each thing that is wrong
   */
  public NumberPlan read(Environment environment) {
    List<String> problems = new ArrayList<>();
    PlanEntry standard =
        PlanOverrides.apply(
            PlanEntry.standard(agent),
            Map.of("agent", agent, "connect", connect, "fallback", fallback, "country", country),
            problem -> problems.add(SETTING.get(problem.split(":", 2)[0]) + problem));
    Set<String> projects = ProjectSettings.names(environment);
    standard.unknownProjects(projects).forEach(problem -> problems.add("FALLBACK, " + problem));
    if (!problems.isEmpty()) {
      throw new InvalidPlan(problems);
    }
    return PlanFile.read(
        Path.of(file), standard.withAgentOfProject(), environment::resolvePlaceholders, projects);
  }

  /**
   * Reads whom agents may hand their callers on to.
   *
   * @throws InvalidPlan with one sentence for each thing that is wrong
   */
  public TransferRules readTransfers(Environment environment) {
    return TransferFile.read(Path.of(file), environment::resolvePlaceholders);
  }

  /** Offers the plan to those who ask it. */
  @Configuration(proxyBeanMethods = false)
  static class Reader {
    @Bean
    NumberPlan numberPlan(PlanSettings settings, Environment environment) {
      return settings.read(environment);
    }

    @Bean
    CurrentTransfers currentTransfers(PlanSettings settings, Environment environment) {
      return new CurrentTransfers(settings.readTransfers(environment));
    }
  }
}
