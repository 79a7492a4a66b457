package io.voicegateway.setup;

import io.voicegateway.call.Mask;
import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.api.SipRequests;
import io.voicegateway.livekit.routing.Advice;
import io.voicegateway.livekit.routing.Cause;
import io.voicegateway.livekit.routing.InboundRouting;
import io.voicegateway.livekit.routing.OwnCalls;
import io.voicegateway.livekit.routing.Verdict;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPOutboundTrunkInfo;

/**
 * Compares the trunks and rules that LiveKit has with those that the gateway needs. Asks nobody:
 * the steps it gives know what to ask of LiveKit.
 */
final class LiveKitPlanner {

  private static final int MOST_CONFLICTS = 10;

  private final SipRequests livekit;
  private final Blueprint needed;
  private final SetupOptions options;
  private final TrunkPlan trunkPlan;
  private final RulePlan rulePlan;

  LiveKitPlanner(SipRequests livekit, Blueprint needed, SetupOptions options, Clock clock) {
    this.livekit = livekit;
    this.needed = needed;
    this.options = options;
    this.trunkPlan = new TrunkPlan(livekit, needed, options, clock);
    this.rulePlan = new RulePlan(livekit, needed, options, clock);
  }

  /**
   * What is to be done.
   *
   * @param sources addresses that Jambonz calls from; none when they are not known
   */
  List<Step> plan(SipConfiguration found, List<String> sources) {
    Draft draft = new Draft(livekit, found);
    prune(draft, found.outbound());
    removeSurplus(draft);
    Optional<SIPInboundTrunkInfo> trunk = trunkPlan.addTo(draft);
    if (trunk.isEmpty() && draft.ourRules().isEmpty()) {
      draft.add(
          Step.told(Action.CREATE, CalleeRule.WHAT, "", "as soon as there is an inbound trunk"));
    } else if (trunk.isPresent() && rulePlan.addTo(draft, trunk.get()).isPresent()) {
      tryOwnCalls(draft, trunk.get(), sources);
    }
    leaveAlone(draft);
    boolean undecided = draft.steps().stream().anyMatch(step -> step.action() == Action.CONFLICT);
    if (undecided && draft.hasOneOf(options.adopted())) {
      draft.holdBackUnless(step -> isPruned(step.id()));
    }
    return draft.steps();
  }

  private void prune(Draft draft, List<SIPOutboundTrunkInfo> outbound) {
    for (SIPDispatchRuleInfo rule : List.copyOf(draft.rules())) {
      if (isPruned(rule.getSipDispatchRuleId())) {
        draft.delete(rule, "as you say: " + CalleeRule.words(rule));
      }
    }
    for (SIPInboundTrunkInfo trunk : List.copyOf(draft.trunks())) {
      if (isPruned(trunk.getSipTrunkId())) {
        draft.delete(trunk, "as you say: " + InboundTrunk.words(trunk));
      }
    }
    outbound.stream()
        .filter(trunk -> isPruned(trunk.getSipTrunkId()))
        .forEach(
            trunk ->
                draft.deleteTrunk(
                    OutboundPlanner.WHAT,
                    trunk.getSipTrunkId(),
                    "as you say: " + Mask.text(trunk.getName())));
  }

  private boolean isPruned(String id) {
    return options.pruned().contains(id);
  }

  /** Two setups at the same time can each have made theirs, and LiveKit then refuses every call. */
  private static void removeSurplus(Draft draft) {
    draft.ourRules().stream()
        .skip(1)
        .forEach(rule -> draft.delete(rule, "one too many of ours, made later"));
    draft.ourTrunks().stream()
        .skip(1)
        .forEach(trunk -> draft.delete(trunk, "one too many of ours, made later"));
  }

  private void tryOwnCalls(Draft draft, SIPInboundTrunkInfo trunk, List<String> sources) {
    new OwnCalls(
            new InboundRouting(() -> "random"),
            draft.trunks(),
            draft.rules(),
            needed.loginAt(trunk),
            sources)
        .thatFail()
        .limit(MOST_CONFLICTS)
        .map(failed -> conflict(draft, failed))
        .forEach(draft::add);
  }

  private static Step conflict(Draft draft, OwnCalls.Failed failed) {
    Verdict verdict = failed.verdict();
    return Step.told(
        Action.CONFLICT,
        "call",
        "",
        "%s would not get into its room. %s"
            .formatted(whose(failed), Mask.text(verdict.explanation())),
        waysOut(draft, verdict).toArray(String[]::new));
  }

  private static String whose(OwnCalls.Failed failed) {
    String more = failed.more() == 0 ? "" : " and %d more".formatted(failed.more());
    String source = failed.source().isEmpty() ? "" : ", coming from " + failed.source() + ",";
    return failed.special()
        ? "one from %s%s%s".formatted(Mask.tail(failed.caller()), more, source)
        : "the gateway's own" + source;
  }

  private static List<String> waysOut(Draft draft, Verdict verdict) {
    List<String> ways = new ArrayList<>();
    ways.add(
        verdict.cause() == Cause.ACCEPTED
            ? "Take numbers, prefix and random end from the rule that takes it."
            : Mask.text(Advice.on(verdict)));
    if (verdict.outcome() != Verdict.Outcome.DROPPED) {
      verdict.involved().stream()
          .filter(id -> !draft.isOurs(id))
          .map("it meets %1$s, which is not ours; --prune %1$s deletes that"::formatted)
          .forEach(ways::add);
    }
    return ways;
  }

  private static void leaveAlone(Draft draft) {
    Set<String> told = draft.steps().stream().map(Step::id).collect(Collectors.toSet());
    draft.trunks().stream()
        .filter(trunk -> !Mark.isOn(trunk.getMetadata()) && !told.contains(trunk.getSipTrunkId()))
        .forEach(
            trunk ->
                foreign(
                    draft, InboundTrunk.WHAT, trunk.getSipTrunkId(), InboundTrunk.words(trunk)));
    draft.rules().stream()
        .filter(
            rule -> !Mark.isOn(rule.getMetadata()) && !told.contains(rule.getSipDispatchRuleId()))
        .forEach(
            rule ->
                foreign(
                    draft, CalleeRule.WHAT, rule.getSipDispatchRuleId(), CalleeRule.words(rule)));
  }

  private static void foreign(Draft draft, String what, String id, String words) {
    draft.add(Step.told(Action.FOREIGN, what, id, words + ": left alone"));
  }
}
