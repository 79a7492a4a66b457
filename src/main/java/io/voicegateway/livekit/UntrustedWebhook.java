package io.voicegateway.livekit;

/** A webhook that is not proved to come from our LiveKit. */
public final class UntrustedWebhook extends RuntimeException {
  UntrustedWebhook(String reason) {
    super(reason, null, false, false);
  }
}
