package io.voicegateway;

import io.voicegateway.call.InvalidPlan;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.PlanSettings;
import io.voicegateway.project.Project;
import io.voicegateway.record.DatabaseUrl;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.security.oauth2.client.OAuth2ClientProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Looks at all settings before the start, so that one run names everything that is wrong. */
public final class SettingsCheck {

  private static final Pattern PORT =
      Pattern.compile("\\d{0,4}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5]");

  /** An operator knows the variable, application.yaml may set the property behind it. */
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "OPS_USER", "gateway.ops.user",
          "OPS_VIEWER_USER", "gateway.ops.viewer-user",
          "OPS_VIEWER_PASSWORD", "gateway.ops.viewer-password",
          "PUBLIC_URL", "gateway.jambonz.public-url",
          "CALL_EVENTS_URL", "gateway.call-events.url",
          "DATABASE_URL", "gateway.records.url",
          "ROUTES", "gateway.routes");

  private final Environment environment;
  private final List<String> problems = new ArrayList<>();
  private final ProjectCheck first;

  private SettingsCheck(Environment environment) {
    this.environment = environment;
    this.first = new ProjectCheck(environment, Project.STANDARD, problems::add);
  }

  /** One sentence for each setting that is missing or wrong, each beginning with its name. */
  public static List<String> problems(Environment environment) {
    SettingsCheck check = new SettingsCheck(environment);
    if (!check.isSandbox()) {
      check.first.take(check.readPlan());
    }
    check.port("PORT");
    check.port("MANAGEMENT_PORT");
    check.first.sipHost();
    check.routes();
    check.first.transport();
    check.first.deadline();
    check.publicUrl();
    check.database();
    check.first.jambonzApi();
    check.callEvents();
    check.logins();
    check.providers();
    if (!check.isSandbox()) {
      new ListedProjects(environment, check.problems::add).check(check.readPlan());
    }
    check.plan();
    return check.problems;
  }

  /** The same for those settings without which a project's LiveKit cannot be asked. */
  public static List<String> unreachable(Environment environment, String project) {
    SettingsCheck check = new SettingsCheck(environment);
    if (!project.equals(Project.STANDARD)) {
      new ProjectCheck(environment, project, check.problems::add).reach();
    } else if (check.isSandbox()) {
      check.problems.add("LIVEKIT_URL is missing: the address of a LiveKit");
    } else {
      check.first.reach();
    }
    return check.problems;
  }

  /** The same for the number plan alone. */
  public static List<String> planProblems(Environment environment) {
    SettingsCheck check = new SettingsCheck(environment);
    check.plan();
    return check.problems;
  }

  private boolean isSandbox() {
    return first.setting("LIVEKIT_URL").isEmpty();
  }

  private void port(String name) {
    if (!PORT.matcher(setting(name)).matches()) {
      problems.add(name + " must be a number from 0 to 65535");
    }
  }

  private void routes() {
    String folder = setting("ROUTES");
    String[] files = folder.isEmpty() ? null : new File(folder).list();
    if (!folder.isEmpty()
        && (files == null || Stream.of(files).noneMatch(name -> name.endsWith(".camel.yaml")))) {
      problems.add("ROUTES: no *.camel.yaml in " + folder);
    }
  }

  private void publicUrl() {
    String url = setting("PUBLIC_URL");
    if (!url.isEmpty() && !url.matches("https?://[^/\\s]+/?")) {
      problems.add("PUBLIC_URL must be http(s)://host[:port] without a path");
    }
  }

  private void database() {
    String url = setting("DATABASE_URL");
    try {
      if (!url.isEmpty()) {
        DatabaseUrl.parse(url);
      }
    } catch (IllegalArgumentException wrong) {
      problems.add("DATABASE_URL " + wrong.getMessage());
    }
  }

  private void callEvents() {
    String url = setting("CALL_EVENTS_URL");
    if (!url.isEmpty() && !url.matches("https?://[^/?#\\s]+([/?]\\S*)?")) {
      problems.add("CALL_EVENTS_URL must be an address such as https://example.com/calls");
    }
  }

  private void logins() {
    String operator = setting("OPS_USER");
    String viewer = setting("OPS_VIEWER_USER");
    if ((operator + viewer).contains(":")) {
      problems.add("OPS_USER and OPS_VIEWER_USER must have no colon: HTTP basic ends a name there");
    }
    if (!setting("OPS_VIEWER_PASSWORD").isEmpty() && operator.equals(viewer)) {
      problems.add("OPS_VIEWER_USER must be another name than OPS_USER");
    }
  }

  /** Those who vouch for operators, see docs/login.md. */
  private void providers() {
    String setting = "spring.security.oauth2.client.registration";
    Binder.get(environment)
        .bind(setting, Bindable.mapOf(String.class, OAuth2ClientProperties.Registration.class))
        .orElse(Map.of())
        .forEach(
            (id, registration) -> {
              String client = Objects.requireNonNullElse(registration.getClientId(), "");
              if (client.isBlank()) {
                problems.add(
                    "%s.%s.client-id is missing: the name under which the provider knows the gateway"
                        .formatted(setting, id));
              }
            });
  }

  /** Null when it cannot be read; {@link #plan} says why. */
  private @Nullable NumberPlan readPlan() {
    try {
      return Binder.get(environment)
          .bind("gateway.plan", PlanSettings.class)
          .map(settings -> settings.read(environment))
          .orElseGet(() -> new PlanSettings("", "", "", "", "none").read(environment));
    } catch (InvalidPlan | BindException told) {
      return null;
    }
  }

  private void plan() {
    plan(PlanSettings::read);
    plan(PlanSettings::readTransfers);
  }

  private void plan(BiConsumer<PlanSettings, Environment> reading) {
    try {
      Binder.get(environment)
          .bind("gateway.plan", PlanSettings.class)
          .ifBound(settings -> reading.accept(settings, environment));
    } catch (InvalidPlan invalid) {
      problems.addAll(invalid.problems());
    } catch (BindException wrong) {
      problems.add(wrong.getName() + " cannot be read");
    }
  }

  private String setting(String name) {
    String property = PROPERTIES.getOrDefault(name, name);
    String first = environment.getProperty(property + "[0]", "");
    return environment.getProperty(property, first).replaceAll("^[\\s,]+", "").strip();
  }
}
