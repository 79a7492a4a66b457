package io.voicegateway.setup;

import io.voicegateway.livekit.api.SipRequests;
import io.voicegateway.livekit.routing.Conflicts;
import io.voicegateway.livekit.routing.TrunkChecks;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import livekit.LivekitSip.CreateSIPInboundTrunkRequest;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;

/** Plans the inbound trunk of the gateway's calls: ours, one that was adopted, or a new one. */
final class TrunkPlan {

  private final SipRequests livekit;
  private final Blueprint needed;
  private final SetupOptions options;
  private final Clock clock;

  TrunkPlan(SipRequests livekit, Blueprint needed, SetupOptions options, Clock clock) {
    this.livekit = livekit;
    this.needed = needed;
    this.options = options;
    this.clock = clock;
  }

  /** The trunk that there will be; empty when somebody has to decide first. */
  Optional<SIPInboundTrunkInfo> addTo(Draft draft) {
    Optional<SIPInboundTrunkInfo> ours = draft.ourTrunks().stream().findFirst();
    Optional<SIPInboundTrunkInfo> adopted =
        draft.trunks().stream()
            .filter(one -> options.adopted().contains(one.getSipTrunkId()))
            .filter(one -> !Mark.isOn(one.getMetadata()))
            .findFirst();
    if (adopted.isEmpty() && ours.isPresent()) {
      return isOfAnother(ours.get()) ? keepOff(draft, ours.get()) : change(draft, ours.get());
    }
    Optional<SIPInboundTrunkInfo> theirs =
        adopted.or(() -> adoptedBefore(draft)).or(() -> fitting(draft));
    theirs.ifPresent(one -> use(draft, one));
    ours.ifPresent(one -> draft.delete(one, "ours, not needed beside the adopted one"));
    return theirs.isPresent() ? theirs : create(draft);
  }

  private void use(Draft draft, SIPInboundTrunkInfo theirs) {
    boolean lacksLogin =
        !theirs.getAuthUsername().isEmpty()
            && (needed.username().isEmpty() || needed.password().isEmpty());
    draft.useAsItIs(
        InboundTrunk.WHAT,
        theirs.getSipTrunkId(),
        InboundTrunk.words(theirs),
        lacksLogin
            ? new String[] {"LIVEKIT_SIP_USERNAME and LIVEKIT_SIP_PASSWORD must be its own"}
            : new String[0]);
    if (!needed.allowedAddresses().isEmpty()) {
      draft.add(
          Step.told(
              Action.CONFLICT,
              InboundTrunk.WHAT,
              theirs.getSipTrunkId(),
              "--allow limits the gateway's own trunk, and this one is not ours: nothing was limited",
              "set its allowed_addresses in LiveKit, and leave --allow out"));
    }
  }

  /** A trunk that is not ours and that our rule was made for. */
  private static Optional<SIPInboundTrunkInfo> adoptedBefore(Draft draft) {
    Set<String> named =
        draft.ourRules().stream()
            .flatMap(one -> one.getTrunkIdsList().stream())
            .collect(Collectors.toSet());
    return draft.trunks().stream().filter(one -> named.contains(one.getSipTrunkId())).findFirst();
  }

  /** A trunk by which the gateway's calls get into their rooms as things are: adopted before. */
  private Optional<SIPInboundTrunkInfo> fitting(Draft draft) {
    return draft
        .fitting(needed.login())
        .flatMap(
            verdict ->
                draft.trunks().stream()
                    .filter(one -> one.getSipTrunkId().equals(verdict.trunkId()))
                    .findFirst());
  }

  /** Several gateways may share a LiveKit, and the mark of their trunks is the same. */
  private boolean isOfAnother(SIPInboundTrunkInfo ours) {
    String user = ours.getAuthUsername();
    return !user.isEmpty()
        && !user.equals(needed.userOf(ours))
        && !options.adopted().contains(ours.getSipTrunkId());
  }

  private Optional<SIPInboundTrunkInfo> keepOff(Draft draft, SIPInboundTrunkInfo ours) {
    String id = ours.getSipTrunkId();
    draft.add(
        Step.told(
            Action.CONFLICT,
            InboundTrunk.WHAT,
            id,
            "%s, has user %s, and LIVEKIT_SIP_USERNAME is %s: it may be another gateway's"
                .formatted(InboundTrunk.words(ours), ours.getAuthUsername(), needed.userOf(ours)),
            "--adopt %s gives it user, password and agent of these settings; whoever calls by %s is refused then"
                .formatted(id, ours.getAuthUsername()),
            "or set LIVEKIT_SIP_USERNAME and LIVEKIT_SIP_PASSWORD to its own, which shares it"));
    return Optional.empty();
  }

  private Optional<SIPInboundTrunkInfo> change(Draft draft, SIPInboundTrunkInfo ours) {
    SIPInboundTrunkInfo wanted = remembering(draft, InboundTrunk.fitted(ours, needed));
    draft.trunks().set(draft.trunks().indexOf(ours), wanted);
    draft.add(
        Step.keepOrChange(
            InboundTrunk.WHAT,
            ours.getSipTrunkId(),
            InboundTrunk.words(wanted),
            InboundTrunk.differences(ours, wanted),
            () -> "changed inbound trunk " + livekit.replace(wanted).getSipTrunkId()));
    return Optional.of(wanted);
  }

  /** With the rule that was adopted beside our trunk, now or before, as long as there is one. */
  private SIPInboundTrunkInfo remembering(Draft draft, SIPInboundTrunkInfo ours) {
    String before = Mark.adoptedRule(ours.getMetadata());
    String rule =
        draft.rules().stream()
            .filter(one -> !Mark.isOn(one.getMetadata()))
            .map(SIPDispatchRuleInfo::getSipDispatchRuleId)
            .filter(id -> options.adopted().contains(id) || id.equals(before))
            .min(Comparator.comparing(id -> id.equals(before)))
            .orElse("");
    return rule.equals(before)
        ? ours
        : ours.toBuilder().setMetadata(Mark.adopting(ours.getMetadata(), rule)).build();
  }

  private Optional<SIPInboundTrunkInfo> create(Draft draft) {
    SIPInboundTrunkInfo wanted = remembering(draft, InboundTrunk.made(needed, clock.instant()));
    List<SIPInboundTrunkInfo> inTheWay =
        draft.trunks().stream()
            .filter(one -> isRefusedBeside(one, wanted) || Conflicts.areBetween(one, wanted))
            .toList();
    inTheWay.forEach(one -> draft.add(conflict(one)));
    if (!inTheWay.isEmpty()) {
      return Optional.empty();
    }
    SIPInboundTrunkInfo planned = wanted.toBuilder().setSipTrunkId(Draft.NEW).build();
    draft.trunks().add(planned);
    draft.add(
        Step.work(
            Action.CREATE,
            InboundTrunk.WHAT,
            "",
            "%s, user %s".formatted(InboundTrunk.words(wanted), wanted.getAuthUsername()),
            () -> "created inbound trunk " + livekit.create(wanted).getSipTrunkId()));
    return Optional.of(planned);
  }

  private static boolean isRefusedBeside(SIPInboundTrunkInfo other, SIPInboundTrunkInfo wanted) {
    return TrunkChecks.refusalOf(
            CreateSIPInboundTrunkRequest.newBuilder().setTrunk(wanted).build(), List.of(other))
        .isPresent();
  }

  private static Step conflict(SIPInboundTrunkInfo theirs) {
    String id = theirs.getSipTrunkId();
    String login =
        theirs.getAuthUsername().isEmpty()
            ? "it has no login"
            : "LIVEKIT_SIP_USERNAME and LIVEKIT_SIP_PASSWORD must be its own";
    return Step.told(
        Action.CONFLICT,
        InboundTrunk.WHAT,
        id,
        InboundTrunk.words(theirs)
            + ", is not ours; beside ours LiveKit could not tell which takes a call, refuses the"
            + " second or answers 503",
        "--adopt %s uses it as it is; %s".formatted(id, login),
        "--prune %s deletes it; calls that come in by it find no trunk then".formatted(id));
  }
}
