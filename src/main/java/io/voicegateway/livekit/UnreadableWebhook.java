package io.voicegateway.livekit;

import io.voicegateway.call.Unreadable;

/** A webhook that came from LiveKit but cannot be understood. */
public final class UnreadableWebhook extends RuntimeException implements Unreadable {
  UnreadableWebhook(String reason) {
    super(reason, null, false, false);
  }
}
