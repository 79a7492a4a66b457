package io.voicegateway.doctor;

import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.jambonz.JambonzSettings;
import io.voicegateway.jambonz.rest.JambonzApi;
import io.voicegateway.jambonz.rest.JambonzFailure;
import io.voicegateway.jambonz.rest.SbcAddress;
import io.voicegateway.livekit.api.LiveKit;
import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.routing.AllowedAddresses;
import io.voicegateway.livekit.routing.Credentials;
import io.voicegateway.project.Project;
import io.voicegateway.project.SipSettings;
import io.voicegateway.sip.SipAddress;
import io.voicegateway.sip.SipClient;
import io.voicegateway.sip.SipLogin;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import livekit.LivekitSip.SIPOutboundTrunkInfo;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Looks at everything that a call needs, from cheap to costly. Made for whoever asks for it. */
@Lazy
@Component
public final class Doctor {

  private static final String TESTED =
      "tested with livekit-server 1.13.5, livekit-sip 1.11.0 and Jambonz 0.9.8; yours cannot be asked";

  private static final List<String> FOR_LIVEKIT =
      List.of("LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET");
  private static final List<String> FOR_JAMBONZ =
      List.of("JAMBONZ_API_URL", "JAMBONZ_ACCOUNT_SID", "JAMBONZ_API_KEY");
  private static final List<String> FOR_SIP =
      List.of("LIVEKIT_URL", "LIVEKIT_SIP_URI", "LIVEKIT_SIP_TRANSPORT");

  private final ObjectProvider<LiveKit> livekits;
  private final ObjectProvider<NumberPlan> plans;
  private final Project project;
  private final JambonzApi jambonz;
  private final JambonzSettings jambonzSettings;
  private final Path letters;
  private final String database;
  private final ManagementPort management;
  private final Clock clock;

  /** What a wrong setting may keep from being made is asked for when it is needed. */
  Doctor(
      ObjectProvider<LiveKit> livekits,
      ObjectProvider<NumberPlan> plans,
      Project project,
      JambonzApi jambonz,
      JambonzSettings jambonzSettings,
      @Value("${gateway.dead-letters.directory}") Path letters,
      @Value("${gateway.records.url}") String database,
      ManagementPort management,
      Clock clock) {
    this.livekits = livekits;
    this.plans = plans;
    this.project = project;
    this.jambonz = jambonz;
    this.jambonzSettings = jambonzSettings;
    this.letters = letters;
    this.database = database;
    this.management = management;
    this.clock = clock;
  }

  /**
   * All that was found, in the order in which it was looked at.
   *
   * @param wrongSettings settings of which it was told already that they are missing or wrong
   */
  public List<Diagnosis> examine(Questions questions, Set<String> wrongSettings)
      throws InterruptedException {
    Checks checks = new Checks(wrongSettings);
    NumberPlan plan = plan(checks);
    if (plan != null) {
      checks.run("fallback", List.of(), lines -> lines.addAll(FallbackCheck.examine(plan)));
    }
    checks.run(
        "dead letters", List.of(), lines -> lines.add(new StorageCheck(letters, clock).examine()));
    boolean serves = gateway(checks);
    SipConfiguration found =
        questions.want("LiveKit", "routing")
            ? checks.make("LiveKit", FOR_LIVEKIT, this::livekit)
            : null;
    if (found != null) {
      checks.add(OutboundCheck.examine(project.trunk(), found.outbound()));
      checks.run(
          "routing",
          List.of(),
          lines ->
              lines.addAll(
                  new RoutingCheck(found, isCloud(), own(plan, questions))
                      .examine(questions.invite())));
    }
    if (questions.want("Jambonz")) {
      checks.run(
          "Jambonz", FOR_JAMBONZ, lines -> lines.addAll(jambonzCheck(plan, found).examine()));
    }
    if (questions.want("PUBLIC_URL") && !jambonzSettings.publicUrl().isEmpty()) {
      checks.run(
          "PUBLIC_URL",
          List.of("PUBLIC_URL"),
          lines -> lines.add(PublicUrlCheck.examine(jambonzSettings.publicUrl())));
    }
    if (questions.want("SIP host")) {
      checks.run("SIP host", FOR_SIP, lines -> sipHost(questions, found, lines));
    }
    agents(questions, found != null, serves, plan, checks);
    checks.add(Diagnosis.ok("versions", TESTED));
    return checks.diagnoses();
  }

  /** Null when it cannot be read: the lines on settings say why. */
  private @Nullable NumberPlan plan(Checks checks) {
    try {
      return plans.getObject();
    } catch (BeansException unreadable) {
      checks.add(Diagnosis.skipped("fallback", "first correct the number plan"));
      return null;
    }
  }

  private boolean gateway(Checks checks) throws InterruptedException {
    Boolean serves =
        checks.make(
            "gateway",
            List.of("MANAGEMENT_ADDRESS", "MANAGEMENT_PORT"),
            lines -> new GatewayCheck(management).examine(lines));
    if (serves != null && serves) {
      return true;
    }
    checks.run(
        "database", List.of("DATABASE_URL"), lines -> lines.add(DatabaseCheck.examine(database)));
    return false;
  }

  private @Nullable SipConfiguration livekit(List<Diagnosis> diagnoses) {
    return new LiveKitCheck(livekits.getObject(), clock, isCloud()).examine(diagnoses);
  }

  private boolean isCloud() {
    return String.valueOf(URI.create(project.livekit().apiUrl()).getHost())
        .endsWith(".livekit.cloud");
  }

  private RoutingCheck.Own own(@Nullable NumberPlan plan, Questions questions) {
    SipSettings sip = project.sip();
    return new RoutingCheck.Own(
        Credentials.of(sip.username(), sip.password()),
        plan == null ? "" : plan.rest().in(project).agent(),
        plan == null ? 0 : plan.longestDialSeconds(),
        questions.source().isEmpty() ? sources() : List.of(questions.source()));
  }

  /** Where LiveKit sees the gateway's calls come from; the line on Jambonz tells why not. */
  private List<String> sources() {
    try {
      return jambonz.isSet()
          ? AllowedAddresses.addresses(jambonz.sbcs().stream().map(SbcAddress::ipv4))
          : List.of();
    } catch (JambonzFailure | IllegalArgumentException unknown) {
      return List.of();
    }
  }

  private JambonzCheck jambonzCheck(@Nullable NumberPlan plan, @Nullable SipConfiguration livekit) {
    SIPOutboundTrunkInfo trunk =
        livekit == null
            ? null
            : livekit.outbound().stream()
                .filter(one -> one.getSipTrunkId().equals(project.trunk()))
                .findFirst()
                .orElse(null);
    return new JambonzCheck(
        jambonz,
        project.jambonz().webhookSecrets(),
        jambonzSettings.publicUrl(),
        !project.trunk().isEmpty() || (plan != null && plan.letsLiveKitRingBack()),
        trunk);
  }

  private void sipHost(
      Questions questions, @Nullable SipConfiguration found, List<Diagnosis> diagnoses) {
    SipSettings sip = project.sip();
    if (sip.uri().isEmpty()) {
      if (questions.placeCall()) {
        diagnoses.add(Diagnosis.skipped("placed call", "LIVEKIT_SIP_URI is not set"));
      }
      return;
    }
    SipClient client = new SipClient();
    SipAddress address = SipAddress.parse(sip.uri(), sip.transport());
    diagnoses.addAll(new SipHostCheck(client, address, project.livekit().apiUrl()).examine());
    if (questions.placeCall() && found != null) {
      diagnoses.add(
          new PlacedCallCheck(client, address, login(), livekits.getObject().rooms(), found)
              .examine());
    }
  }

  /** Those that the project's calls are brought to. */
  private Set<String> agents(NumberPlan plan) {
    Set<String> agents = new TreeSet<>();
    for (PlanEntry entry : plan.entries()) {
      if (entry.mayBeIn(project.name(), project.isChosenByAccount())) {
        PlanEntry here = entry.in(project);
        agents.add(here.agent());
        Optional.ofNullable(here.backupAgent()).ifPresent(agents::add);
      }
    }
    return agents;
  }

  private @Nullable SipLogin login() {
    SipSettings sip = project.sip();
    return sip.username().isEmpty() ? null : new SipLogin(sip.username(), sip.password());
  }

  private void agents(
      Questions questions,
      boolean livekitAnswers,
      boolean serves,
      @Nullable NumberPlan plan,
      Checks checks)
      throws InterruptedException {
    String worker = questions.workerUrl();
    if (plan == null) {
      checks.add(Diagnosis.skipped("agent", "first correct the number plan"));
      return;
    }
    if (worker != null) {
      checks.run(
          "agent",
          List.of(),
          lines -> lines.add(AgentCheck.worker(worker, plan.rest().in(project).agent())));
    }
    if (questions.probeAgent() && livekitAnswers) {
      for (String agent : agents(plan)) {
        checks.run(
            "agent",
            List.of(),
            lines -> lines.add(new AgentCheck(livekits.getObject().rooms()).probe(agent)));
      }
    } else if (worker == null && !serves) {
      checks.add(Diagnosis.skipped("agent", "--probe-agent asks it to come"));
    }
  }
}
