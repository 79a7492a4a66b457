package io.voicegateway.livekit;

/** A webhook that came from LiveKit but cannot be understood. */
public final class UnreadableWebhook extends RuntimeException {
  UnreadableWebhook(String reason) {
    super(reason, null, false, false);
  }
}
