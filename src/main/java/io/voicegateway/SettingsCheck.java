package io.voicegateway;

import static java.util.Map.entry;

import io.voicegateway.call.InvalidPlan;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.call.PlanSettings;
import io.voicegateway.record.DatabaseUrl;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Looks at all settings before the start, so that one run names everything that is wrong. */
public final class SettingsCheck {

  private static final Pattern SIP_HOST =
      Pattern.compile(
          "(?i)(sips?:)?(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:"
              + "(?:\\d{1,4}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5]))?(;transport=\\w+)?");
  private static final Pattern PORT =
      Pattern.compile("\\d{0,4}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5]");
  private static final Set<String> SCHEMES = Set.of("ws", "wss", "http", "https");
  private static final Set<String> TRANSPORTS = Set.of("udp", "tcp", "tls");
  private static final List<String> NEEDED =
      List.of(
          "LIVEKIT_API_KEY: the API key of the LiveKit project",
          "LIVEKIT_API_SECRET: the secret of that key",
          "AGENT_NAME: the name under which the agent's worker registers",
          "JAMBONZ_WEBHOOK_SECRET: the account's webhook secret in Jambonz's portal; several, separated"
              + " by commas, are all valid");

  /** What it takes to dial LiveKit. */
  private static final List<String> NEEDED_TO_DIAL =
      List.of(
          "LIVEKIT_SIP_URI: the SIP host of LiveKit, host or host:port; on LiveKit Cloud the project"
              + " id without p_, then .sip.livekit.cloud",
          "LIVEKIT_SIP_USERNAME: the user of LiveKit's inbound trunk",
          "LIVEKIT_SIP_PASSWORD: the password of LiveKit's inbound trunk");

  private static final String OUTBOUND_TRUNK =
      "LIVEKIT_OUTBOUND_TRUNK: the id of LiveKit's outbound trunk into Jambonz, by which it rings"
          + " back; ./gateway setup --jambonz makes it";

  /** An operator knows the variable, application.yaml may set the property behind it. */
  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          entry("LIVEKIT_URL", "gateway.livekit.url"),
          entry("LIVEKIT_API_KEY", "gateway.livekit.api-key"),
          entry("LIVEKIT_API_SECRET", "gateway.livekit.api-secret"),
          entry("LIVEKIT_SIP_URI", "gateway.sip.uri"),
          entry("LIVEKIT_SIP_USERNAME", "gateway.sip.username"),
          entry("LIVEKIT_SIP_PASSWORD", "gateway.sip.password"),
          entry("LIVEKIT_OUTBOUND_TRUNK", "gateway.outbound.trunk"),
          entry("AGENT_NAME", "gateway.plan.agent"),
          entry("JAMBONZ_WEBHOOK_SECRET", "gateway.jambonz.webhook-secrets"),
          entry("PUBLIC_URL", "gateway.jambonz.public-url"),
          entry("JAMBONZ_API_URL", "gateway.jambonz-api.url"),
          entry("JAMBONZ_ACCOUNT_SID", "gateway.jambonz-api.account-sid"),
          entry("JAMBONZ_API_KEY", "gateway.jambonz-api.key"),
          entry("CALL_EVENTS_URL", "gateway.call-events.url"),
          entry("DATABASE_URL", "gateway.records.url"),
          entry("ROUTES", "gateway.routes"));

  private final Environment environment;
  private final List<String> problems = new ArrayList<>();

  private SettingsCheck(Environment environment) {
    this.environment = environment;
  }

  /** One sentence for each setting that is missing or wrong, each beginning with its name. */
  public static List<String> problems(Environment environment) {
    SettingsCheck check = new SettingsCheck(environment);
    if (!check.isSandbox()) {
      check.missing(NEEDED);
      check.url();
      check.waysIn();
    }
    check.port("PORT");
    check.port("MANAGEMENT_PORT");
    check.sipHost();
    check.routes();
    check.transport();
    check.publicUrl();
    check.database();
    check.jambonzApi();
    check.callEvents();
    check.plan();
    return check.problems;
  }

  /** The same for those settings without which LiveKit's API cannot be asked. */
  public static List<String> unreachable(Environment environment) {
    SettingsCheck check = new SettingsCheck(environment);
    if (check.isSandbox()) {
      check.problems.add("LIVEKIT_URL is missing: the address of a LiveKit");
    } else {
      check.url();
    }
    check.missing(NEEDED.subList(0, 2));
    return check.problems;
  }

  /** The same for the number plan alone. */
  public static List<String> planProblems(Environment environment) {
    SettingsCheck check = new SettingsCheck(environment);
    check.plan();
    return check.problems;
  }

  private boolean isSandbox() {
    return setting("LIVEKIT_URL").isEmpty();
  }

  private void missing(List<String> needed) {
    for (String need : needed) {
      String name = need.substring(0, need.indexOf(':'));
      if (setting(name).isEmpty()) {
        problems.add(name + " is missing:" + need.substring(name.length() + 1));
      }
    }
  }

  private void url() {
    URI url = uri(setting("LIVEKIT_URL"));
    if (url.getHost() == null
        || !SCHEMES.contains(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT))) {
      problems.add("LIVEKIT_URL must be an address such as wss://project.livekit.cloud");
    }
  }

  /** LiveKit Cloud's SIP host has the project's id; its name, from the URL, reaches nobody. */
  private void sipHost() {
    String host = setting("LIVEKIT_SIP_URI");
    if (host.isEmpty()) {
      return;
    }
    if (!SIP_HOST.matcher(host).matches()) {
      problems.add("LIVEKIT_SIP_URI must be host or host:port, without a user");
      return;
    }
    String project = String.valueOf(uri(setting("LIVEKIT_URL")).getHost());
    String label = project.split("\\.", 2)[0];
    boolean cloud = project.endsWith(".livekit.cloud");
    if (cloud
        && host.toLowerCase(Locale.ROOT).replaceFirst("^sips?:", "").startsWith(label + ".")) {
      problems.add(
          "LIVEKIT_SIP_URI is made from the project's name; LiveKit Cloud's SIP host is the project id"
              + " without p_, see the project's settings page");
    }
    if (host.toLowerCase(Locale.ROOT).replaceFirst("^sips?:", "").startsWith("p_")) {
      problems.add("LIVEKIT_SIP_URI must have the project id without p_");
    }
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

  private void transport() {
    if (!TRANSPORTS.contains(
        environment.getProperty("gateway.sip.transport", "tcp").toLowerCase(Locale.ROOT))) {
      problems.add("LIVEKIT_SIP_TRANSPORT must be tcp, udp or tls");
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

  private void jambonzApi() {
    List<String> names = List.of("JAMBONZ_API_URL", "JAMBONZ_ACCOUNT_SID", "JAMBONZ_API_KEY");
    List<String> missing = names.stream().filter(name -> setting(name).isEmpty()).toList();
    if (!missing.isEmpty() && missing.size() < names.size()) {
      problems.add(
          String.join(" and ", missing) + " is missing: Jambonz's API needs all of " + names);
    }
    String url = setting("JAMBONZ_API_URL");
    if (!url.isEmpty() && !url.matches("https?://[^/\\s]+(/\\S*)?")) {
      problems.add("JAMBONZ_API_URL must be an address such as https://jambonz.example.com/v1");
    }
  }

  private void callEvents() {
    String url = setting("CALL_EVENTS_URL");
    if (!url.isEmpty() && !url.matches("https?://[^/?#\\s]+([/?]\\S*)?")) {
      problems.add("CALL_EVENTS_URL must be an address such as https://example.com/calls");
    }
  }

  /** A plan that only lets LiveKit ring back needs nothing to dial, and the other way round. */
  private void waysIn() {
    NumberPlan plan;
    try {
      plan =
          Binder.get(environment)
              .bind("gateway.plan", PlanSettings.class)
              .map(settings -> settings.read(environment))
              .orElse(null);
    } catch (InvalidPlan | BindException told) {
      return;
    }
    if (plan == null || plan.entries().stream().anyMatch(PlanEntry::dialsLiveKit)) {
      missing(NEEDED_TO_DIAL);
    }
    if (plan != null && plan.letsLiveKitRingBack()) {
      missing(List.of(OUTBOUND_TRUNK));
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

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException wrong) {
      return URI.create("");
    }
  }
}
