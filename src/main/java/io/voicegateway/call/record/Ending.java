package io.voicegateway.call.record;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a call's end, and all that its cause follows from.
 *
 * @param talked whether the caller was connected
 * @param registered false when LiveKit did not make the room
 * @param by caller, agent, operator, gateway, or unknown
 * @param status dial_call_status of the first dial, into the room; empty when none is known
 * @param sip its dial_sip_status, 0 when none is known
 * @param seconds from the answer of the call hook to the end of that dial, or of the talk
 * @param rang whether the other side rang
 * @param phoneInRoom whether LiveKit told that the phone was in the room
 * @param agentLeft whether LiveKit told that the agent left while the phone was there
 * @param atLimit whether the talk lasted as long as it might
 * @param finding what a look at LiveKit showed, null without one
 * @param lost whether no event told of the end
 */
record Ending(
    boolean talked,
    boolean registered,
    String by,
    String status,
    int sip,
    double seconds,
    boolean rang,
    boolean phoneInRoom,
    boolean agentLeft,
    boolean atLimit,
    @Nullable Finding finding,
    boolean lost) {

  /** Jambonz tells of a dial's own timeout in three ways (facts of a real Jambonz). */
  boolean isTimeout() {
    return sip == 487 || sip == 180 || sip == 183 || sip == 100 || "no-answer".equals(status);
  }

  boolean isBy(String whom) {
    return by.equals(whom);
  }

  boolean shows(Finding what) {
    return finding == what;
  }
}
