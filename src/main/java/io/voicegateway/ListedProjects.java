package io.voicegateway;

import io.voicegateway.call.NumberPlan;
import io.voicegateway.project.Project;
import io.voicegateway.project.ProjectSettings;
import io.voicegateway.project.SettingNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** Looks at {@code gateway.projects}. */
final class ListedProjects {

  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of(
              "livekit.url",
              "livekit.api-key",
              "livekit.api-secret",
              "livekit.deadline",
              "livekit.requests-a-minute",
              "sip.uri",
              "sip.username",
              "sip.password",
              "sip.transport",
              "outbound.trunk",
              "agent",
              "jambonz.account-sid",
              "jambonz.api-url",
              "jambonz.api-key",
              "jambonz.webhook-secrets"));

  private final Environment environment;
  private final Consumer<String> problems;
  private final Map<String, String> ofAccounts = new HashMap<>();
  private final Map<String, String> ofKeys = new HashMap<>();

  ListedProjects(Environment environment, Consumer<String> problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /**
   * Looks at all of them.
   *
   * @param plan null when it cannot be read
   */
  void check(@Nullable NumberPlan plan) {
    once(Project.STANDARD);
    for (String name : ProjectSettings.listed(environment)) {
      if (ProjectSettings.isName(name)) {
        check(name, plan);
      } else {
        problems.accept(
            "%s.%s must be called otherwise: small letters, digits and '-', at most 32, and not %s"
                .formatted(ProjectSettings.LIST, name, Project.STANDARD));
      }
    }
  }

  private void check(String name, @Nullable NumberPlan plan) {
    ProjectCheck project = new ProjectCheck(environment, name, problems);
    project.take(plan);
    project.sipHost();
    project.transport();
    project.deadline();
    project.jambonzApi();
    once(name);
    String path = new SettingNames(name).path();
    ProjectSettings.keysOf(environment, name).stream()
        .filter(key -> !KEYS.contains(key))
        .forEach(
            key ->
                problems.accept(
                    path + key + " is not known; known are " + String.join(", ", KEYS)));
  }

  /** By its account a hook is known, by its API key a webhook. */
  private void once(String name) {
    once(name, "JAMBONZ_ACCOUNT_SID", ofAccounts);
    once(name, "LIVEKIT_API_KEY", ofKeys);
  }

  private void once(String name, String variable, Map<String, String> seen) {
    String value = new ProjectCheck(environment, name, problems).setting(variable);
    String before = value.isEmpty() ? null : seen.putIfAbsent(value, name);
    if (before != null) {
      problems.accept(
          "%s is that of project %s already: calls and webhooks are told apart by it"
              .formatted(new SettingNames(name).property(variable), before));
    }
  }
}
