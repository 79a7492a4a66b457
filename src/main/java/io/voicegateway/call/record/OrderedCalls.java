package io.voicegateway.call.record;

import java.time.Duration;

/** Counts, for all gateways together, the calls and invitations that agents order. */
public interface OrderedCalls {

  /** Whether one may begin. */
  enum Verdict {
    BEGUN,
    /** It was begun before, by this gateway or another one. */
    KNOWN,
    TOO_MANY_AT_ONCE,
    TOO_MANY_A_MINUTE,
    /** There is no other gateway. */
    ALONE,
    /** It cannot be told what other gateways do. */
    AWAY
  }

  /**
   * Counts one that is to begin.
   *
   * @param name the call's id, or that of the invitation
   * @param longest how long it may last, should nobody tell its end
   */
  Verdict begin(String name, Duration longest, int mostAtOnce, int mostAMinute);

  /** It did not come to a call, or is over. */
  void over(String name);
}
