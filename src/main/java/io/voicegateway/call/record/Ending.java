package io.voicegateway.call.record;

import io.voicegateway.call.TurnedAway.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What is known of how the way to the agent ended, and all that a call's cause follows from. What
 * came of persons and announcements after it does not count.
 *
 * @param talked whether the caller was connected to the agent's side
 * @param registered false when LiveKit did not make the room
 * @param by who ended the dial to the agent or the talk with it: caller, operator, livekit,
 *     gateway, agent, person, or unknown
 * @param status dial_call_status of the dial to the agent, or {@link #NOT_PLACED}; empty when none
 *     is known
 * @param rungBack whether that was LiveKit's ring-back, and the answers are Jambonz's
 * @param sip its dial_sip_status, 0 when none is known
 * @param seconds from the answer of the call hook to the end of that dial
 * @param rang whether the agent's side rang
 * @param phone what LiveKit's webhooks told of the phone
 * @param agentLeft whether LiveKit told that the agent left the caller alone
 * @param finding what a look at LiveKit showed, null without one
 * @param lost whether no event told of the end
 * @param handover what came of it that the agent handed the caller on
 * @param turnedAway why the caller was not sent to the agent, null when he was
 */
record Ending(
    boolean talked,
    boolean registered,
    String by,
    String status,
    boolean rungBack,
    int sip,
    double seconds,
    boolean rang,
    PhoneSeen phone,
    boolean agentLeft,
    @Nullable Finding finding,
    boolean lost,
    Handover handover,
    @Nullable Reason turnedAway) {

  /** The status of a ring-back for which LiveKit never called; no dial of Jambonz's has it. */
  static final String NOT_PLACED = "not-placed";

  /** Jambonz tells of a dial's own timeout in three ways (facts of a real Jambonz). */
  boolean isTimeout() {
    return sip == 487 || sip == 180 || sip == 183 || sip == 100 || "no-answer".equals(status);
  }

  /** Whether LiveKit was asked to call and did not. */
  boolean isNotPlaced() {
    return NOT_PLACED.equals(status);
  }

  /** Whether the phone was in the room: a 486 is LiveKit's own answer to one that waited there. */
  boolean isPutThrough() {
    return sip == 486 || (phone == PhoneSeen.IN_ROOM && isTimeout());
  }

  boolean isBy(String whom) {
    return by.equals(whom);
  }

  boolean isTurnedAway(Reason why) {
    return turnedAway == why;
  }

  boolean shows(Finding what) {
    return finding == what;
  }
}
