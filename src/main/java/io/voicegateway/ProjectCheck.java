package io.voicegateway;

import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.project.Project;
import io.voicegateway.project.SettingNames;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Looks at the settings of one project, each of which is called as its operator knows it. */
final class ProjectCheck {

  private static final Pattern SIP_HOST =
      Pattern.compile(
          "(?i)(sips?:)?(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(:"
              + "(?:\\d{1,4}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5]))?(;transport=\\w+)?");
  private static final Set<String> SCHEMES = Set.of("ws", "wss", "http", "https");
  private static final Set<String> TRANSPORTS = Set.of("udp", "tcp", "tls");

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private static final List<String> FOR_ITS_API =
      List.of(
          "LIVEKIT_API_KEY: the API key of the LiveKit project",
          "LIVEKIT_API_SECRET: the secret of that key");

  private static final List<String> FOR_THE_FIRST =
      List.of(
          "AGENT_NAME: the name under which the agent's worker registers",
          "JAMBONZ_WEBHOOK_SECRET: the account's webhook secret in Jambonz's portal; several, separated"
              + " by commas, are all valid");

  /** What it takes to dial LiveKit. */
  private static final List<String> TO_DIAL =
      List.of(
          "LIVEKIT_SIP_URI: the SIP host of LiveKit, host or host:port; on LiveKit Cloud the project"
              + " id without p_, then .sip.livekit.cloud",
          "LIVEKIT_SIP_USERNAME: the user of LiveKit's inbound trunk",
          "LIVEKIT_SIP_PASSWORD: the password of LiveKit's inbound trunk");

  private static final String OUTBOUND_TRUNK =
      "LIVEKIT_OUTBOUND_TRUNK: the id of LiveKit's outbound trunk into Jambonz, by which it rings"
          + " back; ./gateway setup --jambonz makes it";

  private final Environment environment;
  private final SettingNames names;
  private final Consumer<String> problems;

  /**
   * @param problems takes a sentence for each setting that is missing or wrong, which begins with
   *     its name
   */
  ProjectCheck(Environment environment, String project, Consumer<String> problems) {
    this.environment = environment;
    this.names = new SettingNames(project);
    this.problems = problem -> problems.accept(names.words(problem));
  }

  /** What it takes to ask its API. */
  void reach() {
    url();
    missing(FOR_ITS_API);
  }

  /**
   * What it takes to bring calls into it.
   *
   * @param plan null when it cannot be read, of which somebody else tells
   */
  void take(@Nullable NumberPlan plan) {
    missing(FOR_ITS_API);
    if (isFirst()) {
      missing(FOR_THE_FIRST);
    }
    url();
    waysIn(plan);
  }

  /** A plan that only lets LiveKit ring back needs nothing to dial, and the other way round. */
  private void waysIn(@Nullable NumberPlan plan) {
    if (plan == null) {
      return;
    }
    boolean byAccount = isFirst() || !setting("JAMBONZ_ACCOUNT_SID").isEmpty();
    List<PlanEntry> entries =
        plan.entries().stream().filter(entry -> entry.mayBeIn(names.project(), byAccount)).toList();
    if (entries.stream().anyMatch(PlanEntry::dialsLiveKit)) {
      missing(TO_DIAL);
    }
    if (entries.stream().anyMatch(PlanEntry::letsLiveKitRingBack)) {
      missing(List.of(OUTBOUND_TRUNK));
    }
  }

  private boolean isFirst() {
    return names.project().equals(Project.STANDARD);
  }

  private void url() {
    URI url = uri(setting("LIVEKIT_URL"));
    if (url.getHost() == null
        || !SCHEMES.contains(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT))) {
      problems.accept("LIVEKIT_URL must be an address such as wss://project.livekit.cloud");
    }
  }

  /**
   * What is longer leaves the caller no time for his ladder, and what is no time at all is endless.
   */
  void deadline() {
    String name = (isFirst() ? "gateway." : names.path()) + "livekit.deadline";
    try {
      Duration deadline = Binder.get(environment).bind(name, Duration.class).orElse(LONGEST);
      if (deadline.compareTo(SHORTEST) >= 0 && deadline.compareTo(LONGEST) <= 0) {
        return;
      }
    } catch (BindException noTime) {
      // told below
    }
    problems.accept(
        name
            + " must be from 100ms to 2s: a hook is answered within three seconds, and its ladder"
            + " takes up to one of them");
  }

  /** LiveKit Cloud's SIP host has the project's id; its name, from the URL, reaches nobody. */
  void sipHost() {
    String host = setting("LIVEKIT_SIP_URI");
    if (host.isEmpty()) {
      return;
    }
    if (!SIP_HOST.matcher(host).matches()) {
      problems.accept("LIVEKIT_SIP_URI must be host or host:port, without a user");
      return;
    }
    String project = String.valueOf(uri(setting("LIVEKIT_URL")).getHost());
    String label = project.split("\\.", 2)[0];
    String plain = host.toLowerCase(Locale.ROOT).replaceFirst("^sips?:", "");
    if (project.endsWith(".livekit.cloud") && plain.startsWith(label + ".")) {
      problems.accept(
          "LIVEKIT_SIP_URI is made from the project's name; LiveKit Cloud's SIP host is the project id"
              + " without p_, see the project's settings page");
    }
    if (plain.startsWith("p_")) {
      problems.accept("LIVEKIT_SIP_URI must have the project id without p_");
    }
  }

  void transport() {
    String transport = setting("LIVEKIT_SIP_TRANSPORT");
    if (!transport.isEmpty() && !TRANSPORTS.contains(transport.toLowerCase(Locale.ROOT))) {
      problems.accept("LIVEKIT_SIP_TRANSPORT must be tcp, udp or tls");
    }
  }

  void jambonzApi() {
    String url = setting("JAMBONZ_API_URL");
    Stream<String> needed =
        isFirst() || !url.isEmpty() || !setting("JAMBONZ_API_KEY").isEmpty()
            ? Stream.of("JAMBONZ_API_URL", "JAMBONZ_ACCOUNT_SID", "JAMBONZ_API_KEY")
            : Stream.of("JAMBONZ_ACCOUNT_SID", "JAMBONZ_WEBHOOK_SECRET");
    List<String> all = needed.toList();
    List<String> missing = all.stream().filter(name -> setting(name).isEmpty()).toList();
    if (!missing.isEmpty() && missing.size() < all.size()) {
      problems.accept(
          String.join(" and ", missing)
              + " is missing: "
              + (all.size() > 2 ? "Jambonz's API" : "a Jambonz account")
              + " needs all of "
              + all);
    }
    if (!url.isEmpty() && !url.matches("https?://[^/\\s]+(/\\S*)?")) {
      problems.accept("JAMBONZ_API_URL must be an address such as https://jambonz.example.com/v1");
    }
  }

  private void missing(List<String> needed) {
    for (String need : needed) {
      String name = need.substring(0, need.indexOf(':'));
      if (setting(name).isEmpty()) {
        problems.accept(name + " is missing:" + need.substring(name.length() + 1));
      }
    }
  }

  /** What it is set to; empty also when it refers to a variable that is not set. */
  String setting(String variable) {
    String property = names.property(variable);
    try {
      String first = environment.getProperty(property + "[0]", "");
      return environment.getProperty(property, first).replaceAll("^[\\s,]+", "").strip();
    } catch (IllegalArgumentException unresolved) {
      return "";
    }
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException wrong) {
      return URI.create("");
    }
  }
}
