package io.voicegateway.doctor;

import io.voicegateway.call.Mask;
import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.routing.Advice;
import io.voicegateway.livekit.routing.Credentials;
import io.voicegateway.livekit.routing.InboundRouting;
import io.voicegateway.livekit.routing.Invite;
import io.voicegateway.livekit.routing.Misfit;
import io.voicegateway.livekit.routing.OwnCalls;
import io.voicegateway.livekit.routing.Verdict;
import java.util.List;
import java.util.stream.Collectors;
import livekit.LivekitSip.SIPInboundTrunkInfo;

/** One call that the operator asks about: the gateway's, or one to a number of somebody else's. */
final class AskedCall {

  private static final String CHECK = RoutingCheck.CHECK;
  private static final int MOST_OTHERS = 5;
  private static final String OTHER_LOGIN =
      "Trunk %s has a login of its own, which whoever calls this number has; the gateway's calls do"
          + " not come that way, and its login is right as it is.";
  private static final String OTHER_OWNER =
      "Trunk %s is not the gateway's: this is for whoever owns it. ";

  private final SipConfiguration found;
  private final InboundRouting routing;
  private final Credentials login;

  /**
   * @param login the gateway's
   */
  AskedCall(SipConfiguration found, InboundRouting routing, Credentials login) {
    this.found = found;
    this.routing = routing;
    this.login = login;
  }

  /** With the gateway's login, as whoever asks wants to know where its calls go. */
  Diagnosis judge(Invite plain) {
    Invite invite = login.username().isEmpty() ? plain : plain.withCredentials(login);
    Verdict verdict = routing.route(found.inbound(), found.rules(), invite);
    String words =
        "%s -> %s%s: %s. %s%s"
            .formatted(
                Mask.tail(invite.fromUser()),
                Mask.text(invite.calledUser()),
                invite.sourceIp().isEmpty() ? "" : " from " + invite.sourceIp(),
                outcome(verdict),
                Mask.text(verdict.explanation()),
                others(verdict));
    boolean ours = invite.calledUser().startsWith(OwnCalls.PREFIX);
    return switch (verdict.cause()) {
      case ACCEPTED ->
          ours && !verdict.room().equals(invite.calledUser())
              ? Diagnosis.problem(CHECK, words, RoutingCheck.ANOTHER_ROOM)
              : Diagnosis.ok(CHECK, words);
      case ASKS_FOR_PIN ->
          ours
              ? Diagnosis.problem(CHECK, words, advice(verdict))
              : Diagnosis.warning(CHECK, words, advice(verdict));
      case CREDENTIALS_MISSING, CREDENTIALS_WRONG ->
          verdict.involved().stream()
              .filter(trunk -> !ours && isForeign(trunk))
              .findFirst()
              .map(trunk -> Diagnosis.warning(CHECK, words, OTHER_LOGIN.formatted(trunk)))
              .orElseGet(() -> Diagnosis.problem(CHECK, words, advice(verdict)));
      default -> Diagnosis.problem(CHECK, words, advice(verdict));
    };
  }

  /** Trunks and rules that did not take an accepted call; of any other its explanation tells. */
  private static String others(Verdict verdict) {
    List<Misfit> misfits = verdict.misfits();
    if (verdict.outcome() != Verdict.Outcome.ANSWERED || misfits.isEmpty()) {
      return "";
    }
    String more =
        misfits.size() > MOST_OTHERS ? "; and %d more".formatted(misfits.size() - MOST_OTHERS) : "";
    return misfits.stream()
        .limit(MOST_OTHERS)
        .map(misfit -> Mask.text(misfit.words()))
        .collect(Collectors.joining("; ", " Not taken by others: ", more + "."));
  }

  private String advice(Verdict verdict) {
    String advice = Mask.text(Advice.on(verdict));
    return verdict.misfits().stream()
        .map(Misfit::id)
        .filter(id -> isForeign(id) && advice.contains("trunk " + id))
        .findFirst()
        .map(id -> OTHER_OWNER.formatted(id) + advice)
        .orElse(advice);
  }

  private boolean isForeign(String trunkId) {
    return found.inbound().stream()
        .filter(trunk -> trunk.getSipTrunkId().equals(trunkId))
        .map(SIPInboundTrunkInfo::getAuthUsername)
        .anyMatch(user -> !user.equals(login.username()));
  }

  private static String outcome(Verdict verdict) {
    return switch (verdict.outcome()) {
      case ANSWERED ->
          (verdict.room().isEmpty()
                  ? "answered"
                  : "accepted into room " + Mask.text(verdict.room()))
              + (verdict.trunkId().isEmpty() ? " on no trunk" : " on trunk " + verdict.trunkId());
      case REJECTED -> "refused with %d %s".formatted(verdict.code(), verdict.reason()).strip();
      case DROPPED -> "dropped in silence";
    };
  }
}
