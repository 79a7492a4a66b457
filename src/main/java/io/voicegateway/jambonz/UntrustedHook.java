package io.voicegateway.jambonz;

import io.voicegateway.call.RefusedPosts.Why;

/** A hook that is not proved to come from our Jambonz. */
public final class UntrustedHook extends RuntimeException {
  private final Why why;

  /** One without a proof. */
  UntrustedHook(String reason) {
    this(Why.UNSIGNED, reason);
  }

  UntrustedHook(Why why, String reason) {
    super(reason, null, false, false);
    this.why = why;
  }

  /** What was wrong with the proof. */
  Why why() {
    return why;
  }
}
