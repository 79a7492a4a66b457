package io.voicegateway.sip;

import java.time.Duration;

/**
 * One answer of a SIP server.
 *
 * @param method of the request that is answered
 * @param reason the words beside the code, empty for none
 * @param after since the first request went out
 */
public record SipAnswer(String method, int code, String reason, Duration after) {

  static SipAnswer of(SipMessage message, long sentAt) {
    Duration after = Duration.ofNanos(System.nanoTime() - sentAt);
    return new SipAnswer(message.method(), message.code(), message.start().reason(), after);
  }

  /** Whether nothing more is to come for this request. */
  public boolean isFinal() {
    return code >= 200;
  }

  boolean isRinging() {
    return code >= 180 && !isFinal();
  }

  boolean isSuccess() {
    return isFinal() && code < 300;
  }

  /** Such as {@code 180 Ringing to INVITE after 12 ms}. */
  @Override
  public String toString() {
    return "%s to %s after %d ms"
        .formatted((code + " " + reason).strip(), method, after.toMillis());
  }
}
