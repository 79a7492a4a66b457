package io.voicegateway.livekit.routing;

import io.voicegateway.livekit.routing.Verdict.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import org.jspecify.annotations.Nullable;

/**
 * What LiveKit does with an INVITE, step by step: trunk, login, 180, dispatch rule, media, room
 * (livekit/pkg/service/ioservice_sip.go, sip/pkg/sip/inbound.go). Pure: nothing is asked, nothing
 * is kept.
 */
public final class InboundRouting {
  private final RoomNaming naming;
  private final boolean needsTrunk;

  /**
   * A LiveKit of one's own.
   *
   * @param randomSuffix makes the random end of room names
   */
  public InboundRouting(Supplier<String> randomSuffix) {
    this(randomSuffix, false);
  }

  /**
   * Any LiveKit.
   *
   * @param randomSuffix makes the random end of room names
   * @param needsTrunk whether a call on no trunk is refused, as LiveKit Cloud does
   */
  public InboundRouting(Supplier<String> randomSuffix, boolean needsTrunk) {
    this.naming = new RoomNaming(randomSuffix);
    this.needsTrunk = needsTrunk;
  }

  /**
   * Routes one INVITE.
   *
   * @param trunks all inbound trunks, in the order LiveKit lists them
   * @param rules all dispatch rules, in the order LiveKit lists them
   */
  public Verdict route(
      List<SIPInboundTrunkInfo> trunks, List<SIPDispatchRuleInfo> rules, Invite invite) {
    if (!invite.sourceIp().isEmpty() && IpAddress.parse(invite.sourceIp()).isEmpty()) {
      return Stage.ARRIVED.tryAgainLater(
          Cause.SOURCE_UNREADABLE,
          "LiveKit cannot read the source address \"%s\".".formatted(invite.sourceIp()),
          List.of());
    }
    TrunkMatching.Match match = TrunkMatching.match(trunks, invite);
    if (match.ambiguous()) {
      return severalTrunks(match.found(), invite);
    }
    SIPInboundTrunkInfo trunk = match.trunk();
    if (trunk == null && needsTrunk) {
      return noTrunk(match.misfits());
    }
    Stage arrived = asksForLogin(trunk) ? Stage.ARRIVED.challengedNow() : Stage.ARRIVED;
    return refusedLogin(arrived, trunk, invite)
        .orElseGet(() -> dispatch(arrived, trunk, match.misfits(), rules, invite));
  }

  private static Verdict severalTrunks(List<SIPInboundTrunkInfo> found, Invite invite) {
    String names = String.join(" and ", found.stream().map(Words::trunk).toList());
    return Stage.ARRIVED.tryAgainLater(
        Cause.SEVERAL_TRUNKS,
        "More than one trunk matches a call to \"%s\": %s. LiveKit takes none of them."
            .formatted(invite.calledUser(), names),
        found.stream().map(SIPInboundTrunkInfo::getSipTrunkId).toList());
  }

  private static Verdict noTrunk(List<Misfit> misfits) {
    String why =
        misfits.isEmpty()
            ? "there is no trunk"
            : misfits.stream().map(Misfit::words).collect(Collectors.joining("; "));
    return Stage.ARRIVED.noTrunk(
        "No inbound trunk takes the call, and LiveKit Cloud takes none without: %s.".formatted(why),
        misfits);
  }

  private static boolean asksForLogin(@Nullable SIPInboundTrunkInfo trunk) {
    return trunk != null
        && !trunk.getAuthUsername().isEmpty()
        && !trunk.getAuthPassword().isEmpty();
  }

  private static Optional<Verdict> refusedLogin(
      Stage arrived, @Nullable SIPInboundTrunkInfo trunk, Invite invite) {
    if (trunk == null || !asksForLogin(trunk)) {
      return Optional.empty();
    }
    List<String> involved = List.of(trunk.getSipTrunkId());
    Credentials login = invite.credentials();
    if (login == null) {
      String words = "%s asks for a login and the caller has none.";
      return Optional.of(
          arrived.reject(
              407,
              "Unauthorized",
              Cause.CREDENTIALS_MISSING,
              sentence(words.formatted(Words.trunk(trunk))),
              involved));
    }
    if (!login.reachLiveKit()) {
      String words = "%s asks for a login; LiveKit reads Proxy-Authorization only, not %s.";
      return Optional.of(
          arrived.reject(
              407,
              "Unauthorized",
              Cause.CREDENTIALS_IN_WRONG_HEADER,
              sentence(words.formatted(Words.trunk(trunk), login.header())),
              involved));
    }
    boolean right =
        login.username().equals(trunk.getAuthUsername())
            && login.password().equals(trunk.getAuthPassword());
    return right
        ? Optional.empty()
        : Optional.of(
            arrived.reject(
                401,
                "Unauthorized",
                Cause.CREDENTIALS_WRONG,
                sentence("%s has another user name or password.".formatted(Words.trunk(trunk))),
                involved));
  }

  private Verdict dispatch(
      Stage arrived,
      @Nullable SIPInboundTrunkInfo trunk,
      List<Misfit> trunkMisfits,
      List<SIPDispatchRuleInfo> rules,
      Invite invite) {
    String trunkId = trunk == null ? "" : trunk.getSipTrunkId();
    Stage ringing = arrived.ringingOn(trunkId);
    List<SIPDispatchRuleInfo> read = RuleMatching.read(rules, trunkId);
    Optional<Verdict> unusable = unusableRules(ringing, read);
    if (unusable.isPresent()) {
      return unusable.get();
    }
    RuleMatching.Match match = RuleMatching.match(rules, trunkId, invite);
    List<Misfit> misfits = new ArrayList<>(trunkMisfits);
    misfits.addAll(match.misfits());
    return match.rule() == null
        ? dropped(ringing, trunk, misfits, rules)
        : accept(ringing, trunk, match.rule(), misfits, invite);
  }

  private static Optional<Verdict> unusableRules(Stage ringing, List<SIPDispatchRuleInfo> read) {
    Optional<SIPDispatchRuleInfo> unreadable =
        read.stream().filter(rule -> !RuleTraits.readable(rule)).findFirst();
    if (unreadable.isPresent()) {
      return Optional.of(
          ringing.tryAgainLater(
              Cause.RULE_UNREADABLE,
              sentence("%s is of no kind LiveKit knows.".formatted(Words.rule(unreadable.get()))),
              List.of(unreadable.get().getSipDispatchRuleId())));
    }
    return RuleConflict.firstAmong(read)
        .map(
            conflict ->
                ringing.tryAgainLater(
                    Cause.RULES_CONFLICT,
                    sentence(
                        "%s and %s are for the same trunk, caller, called number and PIN: LiveKit refuses every call that reads both."
                            .formatted(
                                Words.rule(conflict.earlier()), Words.rule(conflict.rule()))),
                    List.of(
                        conflict.earlier().getSipDispatchRuleId(),
                        conflict.rule().getSipDispatchRuleId())));
  }

  private static Verdict dropped(
      Stage ringing,
      @Nullable SIPInboundTrunkInfo trunk,
      List<Misfit> misfits,
      List<SIPDispatchRuleInfo> rules) {
    String cameIn = trunk == null ? "on no trunk" : "on " + Words.trunk(trunk);
    String why =
        Stream.concat(
                misfits.stream().map(Misfit::words),
                rules.isEmpty() ? Stream.of("there are no dispatch rules") : Stream.empty())
            .collect(Collectors.joining("; "));
    return ringing.drop(
        "The call came in %s and no dispatch rule fits, so LiveKit rings once and then never answers: %s."
            .formatted(cameIn, why),
        rules.stream().map(SIPDispatchRuleInfo::getSipDispatchRuleId).toList(),
        misfits);
  }

  private Verdict accept(
      Stage ringing,
      @Nullable SIPInboundTrunkInfo trunk,
      SIPDispatchRuleInfo rule,
      List<Misfit> misfits,
      Invite invite) {
    List<String> involved =
        trunk == null
            ? List.of(rule.getSipDispatchRuleId())
            : List.of(trunk.getSipTrunkId(), rule.getSipDispatchRuleId());
    boolean asksForPin = !RuleTraits.of(rule).pin().isEmpty();
    Stage taken = asksForPin ? ringing : ringing.takenBy(rule.getSipDispatchRuleId());
    if (rule.getHidePhoneNumber() && invite.fromUser().isEmpty()) {
      return ringing.tryAgainLater(
          Cause.NO_CALLER_TO_MASK,
          sentence("%s hides the caller's number and there is none.".formatted(Words.rule(rule))),
          involved);
    }
    Optional<Verdict> unusable = unusableMedia(taken, trunk, rule, invite, involved);
    if (unusable.isPresent()) {
      return unusable.get();
    }
    if (asksForPin) {
      return taken.answer(
          "",
          Cause.ASKS_FOR_PIN,
          sentence("%s asks the caller for a PIN.".formatted(Words.rule(rule))),
          involved,
          misfits);
    }
    return enter(taken, rule, naming.room(rule, invite), involved, misfits);
  }

  private static Optional<Verdict> unusableMedia(
      Stage taken,
      @Nullable SIPInboundTrunkInfo trunk,
      SIPDispatchRuleInfo rule,
      Invite invite,
      List<String> involved) {
    MediaConfig media = MediaConfig.of(trunk, rule);
    if (!media.isUsable()) {
      return Optional.of(
          taken.reject(
              500,
              "",
              Cause.MEDIA_UNUSABLE,
              "The media of trunk or rule lists no codec, or one without a rate that LiveKit does not know.",
              involved));
    }
    if (!media.takesOneOf(invite.codecs())) {
      return Optional.of(
          taken.reject(
              400,
              "",
              Cause.NO_COMMON_CODEC,
              "LiveKit takes %s, the caller offers %s."
                  .formatted(
                      media.words(), Words.orElse(String.join(", ", invite.codecs()), "nothing")),
              involved));
    }
    if (media.requiresSrtp() && !invite.srtpOffered()) {
      return Optional.of(
          taken.reject(
              400,
              "",
              Cause.SRTP_REQUIRED,
              "The trunk or the rule requires encrypted media (media_encryption, or encryption of its media) and the caller offers none.",
              involved));
    }
    return Optional.empty();
  }

  private static Verdict enter(
      Stage taken,
      SIPDispatchRuleInfo rule,
      String room,
      List<String> involved,
      List<Misfit> misfits) {
    if (room.isEmpty()) {
      return taken.reject(
          486,
          "Rejected",
          Cause.NO_ROOM_NAME,
          sentence("%s gives an empty room name for this call.".formatted(Words.rule(rule))),
          involved);
    }
    return taken.answer(
        room,
        Cause.ACCEPTED,
        sentence("%s takes the caller to room \"%s\".".formatted(Words.rule(rule), room)),
        involved,
        misfits);
  }

  private static String sentence(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
