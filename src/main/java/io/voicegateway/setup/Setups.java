package io.voicegateway.setup;

import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.jambonz.JambonzSettings;
import io.voicegateway.jambonz.SipSettings;
import io.voicegateway.jambonz.rest.Account;
import io.voicegateway.jambonz.rest.JambonzApi;
import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.api.SipRequests;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Prepares setups from the gateway's settings. */
@Component
public final class Setups {

  private static final String USUAL_USER = "voice-gateway";
  private static final int PASSWORD_LENGTH = 32;
  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

  /** LiveKit gives up before Jambonz does, and says so. */
  private static final int BEFORE_DIAL_ENDS = 2;

  private final SipRequests livekit;
  private final JambonzApi jambonz;
  private final SipSettings sip;
  private final JambonzSettings jambonzSettings;
  private final NumberPlan plan;
  private final String outboundTrunk;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Setups(
      SipRequests livekit,
      JambonzApi jambonz,
      SipSettings sip,
      JambonzSettings jambonzSettings,
      NumberPlan plan,
      @Value("${gateway.outbound.trunk:}") String outboundTrunk,
      Clock clock) {
    this.livekit = livekit;
    this.jambonz = jambonz;
    this.sip = sip;
    this.jambonzSettings = jambonzSettings;
    this.plan = plan;
    this.outboundTrunk = outboundTrunk.strip();
    this.clock = clock;
  }

  /** Whether Jambonz's API can be asked. */
  public boolean knowsJambonz() {
    return jambonz.isSet();
  }

  /** Those of the ids that neither a trunk nor a rule has. */
  public Set<String> unknown(Set<String> ids) {
    Set<String> unknown = new TreeSet<>(ids);
    if (!ids.isEmpty()) {
      SipConfiguration found = livekit.all();
      found.inbound().forEach(trunk -> unknown.remove(trunk.getSipTrunkId()));
      found.outbound().forEach(trunk -> unknown.remove(trunk.getSipTrunkId()));
      found.rules().forEach(rule -> unknown.remove(rule.getSipDispatchRuleId()));
    }
    return unknown;
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
            sip.username().isEmpty() ? USUAL_USER : sip.username(),
            sip.password(),
            password(),
            options.allowedAddresses(),
            ringSeconds(),
            plan.rest().agent());
    JambonzNeeds needs =
        new JambonzNeeds(
            jambonzSettings.publicUrl(),
            jambonzSettings.webhookSecrets(),
            options.numbers(),
            callerIds(),
            password());
    LiveKitPlanner inbound = new LiveKitPlanner(livekit, blueprint, options, clock);
    return new Setup(
        () -> steps(inbound, options.jambonz() ? needs : null),
        new NewSettings(sip, outboundTrunk, blueprint, livekit));
  }

  private List<Step> steps(LiveKitPlanner inbound, @Nullable JambonzNeeds needs) {
    SipConfiguration found = livekit.all();
    List<Step> steps = new ArrayList<>(inbound.plan(found));
    if (needs != null) {
      Account account = jambonz.account();
      steps.addAll(new JambonzPlanner(jambonz, needs).plan(account, jambonz.applications()));
      steps.addAll(
          new OutboundPlanner(jambonz, livekit, needs, clock)
              .plan(account, jambonz.sipUsers(), found.outbound()));
    }
    return steps;
  }

  private int ringSeconds() {
    return Math.max(1, plan.longestDialSeconds() - BEFORE_DIAL_ENDS);
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
