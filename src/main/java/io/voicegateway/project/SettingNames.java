package io.voicegateway.project;

import static java.util.Map.entry;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the settings of a project are called: those of the first one by their environment variables,
 * those of a listed one by their paths in application.yaml.
 *
 * @param project the project's name
 */
public record SettingNames(String project) {

  /** An operator knows the variable, application.yaml may set the property behind it. */
  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          entry("LIVEKIT_URL", "gateway.livekit.url"),
          entry("LIVEKIT_API_KEY", "gateway.livekit.api-key"),
          entry("LIVEKIT_API_SECRET", "gateway.livekit.api-secret"),
          entry("LIVEKIT_SIP_URI", "gateway.sip.uri"),
          entry("LIVEKIT_SIP_USERNAME", "gateway.sip.username"),
          entry("LIVEKIT_SIP_PASSWORD", "gateway.sip.password"),
          entry("LIVEKIT_SIP_TRANSPORT", "gateway.sip.transport"),
          entry("LIVEKIT_OUTBOUND_TRUNK", "gateway.outbound.trunk"),
          entry("AGENT_NAME", "gateway.plan.agent"),
          entry("JAMBONZ_WEBHOOK_SECRET", "gateway.jambonz.webhook-secrets"),
          entry("JAMBONZ_API_URL", "gateway.jambonz-api.url"),
          entry("JAMBONZ_ACCOUNT_SID", "gateway.jambonz-api.account-sid"),
          entry("JAMBONZ_API_KEY", "gateway.jambonz-api.key"));

  /** What stands otherwise below a project's name. */
  private static final Map<String, String> BELOW_A_NAME =
      Map.of(
          "gateway.plan.agent", "agent",
          "gateway.jambonz-api.url", "jambonz.api-url",
          "gateway.jambonz-api.account-sid", "jambonz.account-sid",
          "gateway.jambonz-api.key", "jambonz.api-key");

  private static final Pattern VARIABLE = Pattern.compile("\\b[A-Z]+(?:_[A-Z]+)+\\b");

  /** Those of the project that the environment variables describe. */
  public static final SettingNames STANDARD = new SettingNames(Project.STANDARD);

  /** The property that is set by a variable, or by its like for a listed project. */
  public String property(String variable) {
    String property = PROPERTIES.getOrDefault(variable, variable);
    if (project.equals(Project.STANDARD) || !PROPERTIES.containsKey(variable)) {
      return property;
    }
    String below = BELOW_A_NAME.getOrDefault(property, property.substring("gateway.".length()));
    return path() + below;
  }

  /** The variable of that name, or that is like it; the name itself for none of a project's. */
  public String variable(String name) {
    return PROPERTIES.keySet().stream()
        .filter(variable -> property(variable).equals(name))
        .findFirst()
        .orElse(name);
  }

  /** What stands before all keys of a listed project. */
  public String path() {
    return ProjectSettings.LIST + "." + project + ".";
  }

  /** A sentence about variables as it is true for the project. */
  public String words(String sentence) {
    return project.equals(Project.STANDARD)
        ? sentence
        : VARIABLE
            .matcher(sentence.replace("setup --jambonz", "setup --jambonz --project " + project))
            .replaceAll(found -> Matcher.quoteReplacement(property(found.group())));
  }
}
