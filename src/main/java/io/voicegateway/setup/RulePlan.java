package io.voicegateway.setup;

import io.voicegateway.livekit.api.SipRequests;
import io.voicegateway.livekit.routing.RuleChecks;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import livekit.LivekitSip.CreateSIPDispatchRuleRequest;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import org.jspecify.annotations.Nullable;

/** Plans the dispatch rule of the gateway's calls: ours, one that was adopted, or a new one. */
final class RulePlan {

  private final SipRequests livekit;
  private final Blueprint needed;
  private final SetupOptions options;
  private final Clock clock;

  RulePlan(SipRequests livekit, Blueprint needed, SetupOptions options, Clock clock) {
    this.livekit = livekit;
    this.needed = needed;
    this.options = options;
    this.clock = clock;
  }

  /** The rule that there will be; empty when somebody has to decide first. */
  Optional<SIPDispatchRuleInfo> addTo(Draft draft, SIPInboundTrunkInfo trunk) {
    Optional<SIPDispatchRuleInfo> ours = draft.ourRules().stream().findFirst();
    Optional<SIPDispatchRuleInfo> adopted = adopted(draft, trunk);
    if (adopted.isEmpty() && ours.isEmpty()) {
      adopted = fitting(draft, trunk);
    }
    if (adopted.isPresent()) {
      SIPDispatchRuleInfo theirs = adopted.get();
      draft.useAsItIs(CalleeRule.WHAT, theirs.getSipDispatchRuleId(), CalleeRule.words(theirs));
      ours.ifPresent(one -> draft.delete(one, "ours, not needed beside the adopted one"));
      return adopted;
    }
    String trunkId = trunk.getSipTrunkId();
    return ours.isPresent()
        ? Optional.of(change(draft, ours.get(), trunkId))
        : create(draft, trunkId);
  }

  /** As it is said now, or was said when our trunk was made. */
  private Optional<SIPDispatchRuleInfo> adopted(Draft draft, SIPInboundTrunkInfo trunk) {
    Set<String> ids = new HashSet<>(options.adopted());
    ids.add(Mark.adoptedRule(trunk.getMetadata()));
    return draft.rules().stream()
        .filter(one -> ids.contains(one.getSipDispatchRuleId()))
        .filter(one -> !Mark.isOn(one.getMetadata()))
        .findFirst();
  }

  /**
   * A rule by which the gateway's calls get into their rooms as things are, when it belongs to a
   * trunk that is not ours, or names ours.
   */
  private Optional<SIPDispatchRuleInfo> fitting(Draft draft, SIPInboundTrunkInfo trunk) {
    String trunkId = trunk.getSipTrunkId();
    boolean oursToo = Mark.isOn(trunk.getMetadata());
    return draft
        .fitting(needed.loginAt(trunk))
        .flatMap(
            verdict ->
                draft.rules().stream()
                    .filter(one -> one.getSipDispatchRuleId().equals(verdict.ruleId()))
                    .filter(one -> !oursToo || one.getTrunkIdsList().contains(trunkId))
                    .findFirst());
  }

  private SIPDispatchRuleInfo change(Draft draft, SIPDispatchRuleInfo ours, String trunkId) {
    SIPDispatchRuleInfo wanted = CalleeRule.fitted(ours, trunkId, needed);
    draft.rules().set(draft.rules().indexOf(ours), wanted);
    draft.add(
        Step.keepOrChange(
            CalleeRule.WHAT,
            ours.getSipDispatchRuleId(),
            CalleeRule.words(wanted),
            CalleeRule.differences(ours, wanted),
            onceThereIs(
                trunkId,
                () -> "changed dispatch rule " + livekit.replace(wanted).getSipDispatchRuleId())));
    return wanted;
  }

  private Optional<SIPDispatchRuleInfo> create(Draft draft, String trunkId) {
    SIPDispatchRuleInfo wanted = CalleeRule.made(trunkId, needed, clock.instant());
    List<SIPDispatchRuleInfo> inTheWay =
        draft.rules().stream().filter(one -> isRefusedBeside(one, wanted)).toList();
    inTheWay.forEach(one -> draft.add(conflict(one)));
    if (!inTheWay.isEmpty()) {
      return Optional.empty();
    }
    SIPDispatchRuleInfo planned = wanted.toBuilder().setSipDispatchRuleId(Draft.NEW).build();
    draft.rules().add(planned);
    draft.add(
        new Step(
            Action.CREATE,
            CalleeRule.WHAT,
            "",
            "%s, %s".formatted(CalleeRule.words(wanted), agent()),
            List.of(),
            onceThereIs(
                trunkId,
                () -> "created dispatch rule " + livekit.create(wanted).getSipDispatchRuleId())));
    return Optional.of(planned);
  }

  private String agent() {
    return needed.agent().isEmpty()
        ? "without an agent for calls that are not registered, as AGENT_NAME is not set"
        : "agent " + needed.agent();
  }

  private static @Nullable Supplier<String> onceThereIs(String trunkId, Supplier<String> change) {
    return trunkId.equals(Draft.NEW) ? null : change;
  }

  private static boolean isRefusedBeside(SIPDispatchRuleInfo other, SIPDispatchRuleInfo wanted) {
    return RuleChecks.refusalOf(
            CreateSIPDispatchRuleRequest.newBuilder().setDispatchRule(wanted).build(),
            List.of(other))
        .isPresent();
  }

  private static Step conflict(SIPDispatchRuleInfo theirs) {
    String id = theirs.getSipDispatchRuleId();
    return Step.told(
        Action.CONFLICT,
        CalleeRule.WHAT,
        id,
        CalleeRule.words(theirs) + ", is not ours and takes the same calls",
        "--adopt %s uses it as it is".formatted(id),
        "--prune %s deletes it; what it did for other calls is gone then".formatted(id));
  }
}
