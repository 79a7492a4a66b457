package io.voicegateway.project;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Reads the projects: that of the environment variables by the keys of {@code gateway} itself, the
 * others by those below their names in {@code gateway.projects}.
 */
public final class ProjectSettings {

  /** What the agent is called where no setting names one. */
  public static final String USUAL_AGENT = "voice-agent";

  /** Where the others are listed. */
  public static final String LIST = "gateway.projects";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final String GATEWAY = "gateway";

  private ProjectSettings() {}

  /** Whether a project can be called that. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches() && !name.equals(Project.STANDARD);
  }

  /** What is listed, as it is written: also what is no name. */
  public static Set<String> listed(Environment environment) {
    return new TreeSet<>(said(environment, LIST).keySet());
  }

  /** The keys that are set below a name. */
  public static Set<String> keysOf(Environment environment, String name) {
    Set<String> keys = new TreeSet<>();
    said(environment, LIST + "." + name).forEach((key, value) -> flatten(key, value, keys));
    return keys;
  }

  private static void flatten(String key, Object value, Set<String> keys) {
    if (value instanceof Map<?, ?> below && !below.containsKey("0")) {
      below.forEach((name, inner) -> flatten(key + "." + name, inner, keys));
    } else {
      keys.add(key);
    }
  }

  /** Without a look at what its texts refer to. */
  private static Map<String, Object> said(Environment environment, String name) {
    return new Binder(ConfigurationPropertySources.get(environment))
        .bind(name, Bindable.mapOf(String.class, Object.class))
        .orElse(Map.of());
  }

  /** The names of all of them. */
  public static Set<String> names(Environment environment) {
    Set<String> names = new LinkedHashSet<>(Set.of(Project.STANDARD));
    listed(environment).stream().filter(ProjectSettings::isName).forEach(names::add);
    return names;
  }

  /** Reads all of them; what has no name is left out. */
  public static Projects read(Environment environment) {
    Binder binder = Binder.get(environment);
    Project standard = standard(binder);
    return new Projects(
        names(environment).stream()
            .map(name -> name.equals(Project.STANDARD) ? standard : listed(binder, name, standard))
            .toList());
  }

  private static Project standard(Binder binder) {
    return project(
        binder,
        Project.STANDARD,
        GATEWAY,
        or(text(binder, GATEWAY + ".plan.agent"), USUAL_AGENT),
        new JambonzAccount(
            text(binder, GATEWAY + ".jambonz-api.url"),
            text(binder, GATEWAY + ".jambonz-api.account-sid"),
            text(binder, GATEWAY + ".jambonz-api.key"),
            binder
                .bind(GATEWAY + ".jambonz.webhook-secrets", Bindable.listOf(String.class))
                .orElse(List.of())));
  }

  /** One without an account of its own has that of the environment variables. */
  private static Project listed(Binder binder, String name, Project standard) {
    String prefix = LIST + "." + name;
    JambonzAccount own = binder.bindOrCreate(prefix + ".jambonz", JambonzAccount.class);
    return project(
        binder,
        name,
        prefix,
        or(text(binder, prefix + ".agent"), standard.agent()),
        own.isSaid() ? own : standard.jambonz());
  }

  private static Project project(
      Binder binder, String name, String prefix, String agent, JambonzAccount account) {
    return new Project(
        name,
        binder.bindOrCreate(prefix + ".livekit", LiveKitSettings.class),
        binder.bindOrCreate(prefix + ".sip", SipSettings.class),
        text(binder, prefix + ".outbound.trunk"),
        agent,
        account);
  }

  private static String text(Binder binder, String name) {
    return binder.bind(name, String.class).orElse("");
  }

  private static String or(String text, String otherwise) {
    return text.isBlank() ? otherwise : text.strip();
  }

  /** Offers the projects to those who ask for them. */
  @Configuration(proxyBeanMethods = false)
  static class Reader {
    @Bean
    Projects projects(Environment environment) {
      return read(environment);
    }
  }
}
