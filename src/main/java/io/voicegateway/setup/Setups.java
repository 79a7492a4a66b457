package io.voicegateway.setup;

import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.jambonz.JambonzSettings;
import io.voicegateway.jambonz.rest.Account;
import io.voicegateway.jambonz.rest.Application;
import io.voicegateway.jambonz.rest.JambonzApi;
import io.voicegateway.jambonz.rest.JambonzFailure;
import io.voicegateway.jambonz.rest.SbcAddress;
import io.voicegateway.livekit.api.LiveKit;
import io.voicegateway.livekit.api.RingingTimeout;
import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.api.SipRequests;
import io.voicegateway.livekit.routing.AllowedAddresses;
import io.voicegateway.project.Project;
import io.voicegateway.project.ProjectSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import livekit.LivekitSip.SIPOutboundTrunkInfo;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Prepares setups from the gateway's settings. Made for whoever asks for it. */
@Lazy
@Component
public final class Setups {

  private static final int PASSWORD_LENGTH = 32;
  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

  private final SipRequests livekit;
  private final JambonzApi jambonz;
  private final Project project;
  private final JambonzSettings jambonzSettings;
  private final NumberPlan plan;
  private final String agentName;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Setups(
      LiveKit livekit,
      JambonzApi jambonz,
      Project project,
      JambonzSettings jambonzSettings,
      NumberPlan plan,
      @Value("${gateway.plan.agent:}") String agentName,
      Clock clock) {
    this.livekit = livekit.sip();
    this.jambonz = jambonz;
    this.project = project;
    this.jambonzSettings = jambonzSettings;
    this.plan = plan;
    this.agentName = agentName;
    this.clock = clock;
  }

  /** Whether Jambonz's API can be asked. */
  public boolean knowsJambonz() {
    return jambonz.isSet();
  }

  /** Why what an operator wants cannot be planned, a sentence; empty when it can. */
  public Optional<String> refusal(SetupOptions options) {
    return options.named().isEmpty()
        ? Optional.empty()
        : new NamedIds(livekit.all(), applications(options)).refusal(options);
  }

  private Set<String> applications(SetupOptions options) {
    return options.jambonz() && jambonz.isSet()
        ? jambonz.applications().stream().map(Application::sid).collect(Collectors.toSet())
        : Set.of();
  }

  /** The ids of all inbound trunks and dispatch rules that are not ours, as they are now. */
  public Set<String> inboundOfOthers() {
    SipConfiguration found = livekit.all();
    Set<String> ids = new TreeSet<>();
    found.inbound().stream()
        .filter(trunk -> !Mark.isOn(trunk.getMetadata()))
        .forEach(trunk -> ids.add(trunk.getSipTrunkId()));
    found.rules().stream()
        .filter(rule -> !Mark.isOn(rule.getMetadata()))
        .forEach(rule -> ids.add(rule.getSipDispatchRuleId()));
    return ids;
  }

  /** One setup; passwords that it may need are made now, once. */
  public Setup prepared(SetupOptions options) {
    Blueprint blueprint =
        new Blueprint(
            project.sip().username(),
            project.sip().password(),
            password(),
            options.allowedAddresses(),
            RingingTimeout.under(plan.longestDialSeconds()),
            agent());
    JambonzNeeds needs =
        new JambonzNeeds(
            jambonzSettings.publicUrl(),
            project.jambonz().webhookSecrets(),
            options.numbers(),
            callerIds(),
            password(),
            options.newLogin(),
            options.adopted());
    LiveKitPlanner inbound = new LiveKitPlanner(livekit, blueprint, options, clock);
    return new Setup(
        () -> steps(inbound, needs, options),
        new NewSettings(project.sip(), project.trunk(), blueprint, livekit));
  }

  private List<Step> steps(LiveKitPlanner inbound, JambonzNeeds needs, SetupOptions options) {
    SipConfiguration found = livekit.all();
    if (!jambonz.isSet()) {
      List<Step> steps = new ArrayList<>(inbound.plan(found, List.of()));
      steps.add(OutboundSetting.withoutJambonz(project.trunk(), found.outbound()));
      return steps;
    }
    if (options.jambonz()) {
      List<Step> steps = new ArrayList<>(inbound.plan(found, sources()));
      steps.addAll(ofJambonz(needs, unpruned(found, options)));
      return steps;
    }
    List<String> sources = List.of();
    List<Step> remarks = new ArrayList<>();
    try {
      sources = sources();
      ofJambonz(needs, unpruned(found, options)).stream().map(Step::asRemark).forEach(remarks::add);
    } catch (JambonzFailure unread) {
      remarks.add(Step.told(Action.REMARK, "Jambonz", "", "not looked at. " + unread.getMessage()));
    }
    List<Step> steps = new ArrayList<>(inbound.plan(found, sources));
    OutboundSetting.missing(project.trunk(), found.outbound()).ifPresent(steps::add);
    steps.addAll(remarks);
    return steps;
  }

  private List<Step> ofJambonz(JambonzNeeds needs, List<SIPOutboundTrunkInfo> outbound) {
    Account account = jambonz.account();
    List<Step> steps =
        new ArrayList<>(new JambonzPlanner(jambonz, needs).plan(account, jambonz.applications()));
    steps.addAll(
        new OutboundPlanner(jambonz, livekit, needs, clock)
            .plan(account, jambonz.sipUsers(), outbound));
    return steps;
  }

  private static List<SIPOutboundTrunkInfo> unpruned(SipConfiguration found, SetupOptions options) {
    return found.outbound().stream()
        .filter(trunk -> !options.pruned().contains(trunk.getSipTrunkId()))
        .toList();
  }

  /** Where LiveKit sees the gateway's calls come from. */
  private List<String> sources() {
    return AllowedAddresses.addresses(jambonz.sbcs().stream().map(SbcAddress::ipv4));
  }

  /** Empty for the plan's usual name, as long as nobody has set it. */
  private String agent() {
    String agent = plan.rest().in(project).agent();
    return agentName.isBlank() && agent.equals(ProjectSettings.USUAL_AGENT) ? "" : agent;
  }

  private List<String> callerIds() {
    return plan.entries().stream()
        .map(PlanEntry::number)
        .filter(number -> number.startsWith("+") && !number.endsWith("*"))
        .sorted()
        .toList();
  }

  private String password() {
    StringBuilder password = new StringBuilder();
    random
        .ints(PASSWORD_LENGTH, 0, LETTERS.length())
        .forEach(letter -> password.append(LETTERS.charAt(letter)));
    return password.toString();
  }
}
