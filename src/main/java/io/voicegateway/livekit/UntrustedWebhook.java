package io.voicegateway.livekit;

import io.voicegateway.call.RefusedPosts.Why;

/** A webhook that is not proved to come from our LiveKit. */
public final class UntrustedWebhook extends RuntimeException {
  private final Why why;

  UntrustedWebhook(Why why, String reason) {
    super(reason, null, false, false);
    this.why = why;
  }

  /** What was wrong with the proof. */
  Why why() {
    return why;
  }
}
