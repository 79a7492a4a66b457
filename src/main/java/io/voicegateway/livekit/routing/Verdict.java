package io.voicegateway.livekit.routing;

import java.util.List;

/**
 * How LiveKit's routing ends for one INVITE.
 *
 * @param outcome accepted, refused with a SIP code, or dropped in silence
 * @param code final SIP code; 0 when dropped
 * @param reason reason phrase that goes with the code; LiveKit leaves it empty on a 400
 * @param challenged whether a 407 comes before the end
 * @param rings whether the caller is sent a 180
 * @param trunkId the trunk the call came in on; empty when none matched or before the login is
 *     accepted
 * @param ruleId the rule that took the call; empty when none did, and while a PIN is asked for
 * @param room the room the caller is taken to; empty when there is none
 * @param cause why
 * @param explanation the cause in words, for an operator
 * @param involved ids of the trunks and rules that led to this end
 * @param misfits why other trunks and rules did not take the call, where one or none did
 */
public record Verdict(
    Outcome outcome,
    int code,
    String reason,
    boolean challenged,
    boolean rings,
    String trunkId,
    String ruleId,
    String room,
    Cause cause,
    String explanation,
    List<String> involved,
    List<Misfit> misfits) {

  /** The three ways a call can leave routing. */
  public enum Outcome {
    /** Routing accepts: what follows depends on the room, or on the PIN the caller types. */
    ANSWERED,
    /** A final SIP code refuses the call. */
    REJECTED,
    /** One 180, then nothing: even a CANCEL stays without an answer. */
    DROPPED
  }

  /** What is certain about a call at some point of its way through routing. */
  record Stage(boolean challenged, boolean rings, String trunkId, String ruleId) {
    static final Stage ARRIVED = new Stage(false, false, "", "");

    Stage challengedNow() {
      return new Stage(true, rings, trunkId, ruleId);
    }

    Stage ringingOn(String trunk) {
      return new Stage(challenged, true, trunk, ruleId);
    }

    Stage takenBy(String rule) {
      return new Stage(challenged, rings, trunkId, rule);
    }

    Verdict reject(int code, String reason, Cause cause, String words, List<String> involved) {
      return end(Outcome.REJECTED, code, reason, "", cause, words, involved, List.of());
    }

    Verdict tryAgainLater(Cause cause, String words, List<String> involved) {
      return reject(503, "Try again later", cause, words, involved);
    }

    Verdict drop(String words, List<String> involved, List<Misfit> misfits) {
      return end(Outcome.DROPPED, 0, "", "", Cause.NO_RULE, words, involved, misfits);
    }

    Verdict noTrunk(String words, List<Misfit> misfits) {
      return end(
          Outcome.REJECTED, 404, "No trunk found", "", Cause.NO_TRUNK, words, List.of(), misfits);
    }

    Verdict answer(
        String room, Cause cause, String words, List<String> involved, List<Misfit> misfits) {
      return end(Outcome.ANSWERED, 200, "OK", room, cause, words, involved, misfits);
    }

    private Verdict end(
        Outcome outcome,
        int code,
        String reason,
        String room,
        Cause cause,
        String words,
        List<String> involved,
        List<Misfit> misfits) {
      return new Verdict(
          outcome,
          code,
          reason,
          challenged,
          rings,
          trunkId,
          ruleId,
          room,
          cause,
          words,
          List.copyOf(involved),
          List.copyOf(misfits));
    }
  }
}
