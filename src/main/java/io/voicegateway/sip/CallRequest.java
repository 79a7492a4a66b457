package io.voicegateway.sip;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A call to be placed.
 *
 * @param callee user part of the address called: LiveKit takes it for the room
 * @param caller user part of the caller's own address
 * @param login answers a challenge, null for none
 * @param patience how long may pass until the server is reached, then until it rings or decides,
 *     and then until it confirms the end
 * @param ring how long it may ring after the first 180
 */
public record CallRequest(
    SipAddress server,
    String callee,
    String caller,
    @Nullable SipLogin login,
    Duration patience,
    Duration ring) {

  private static final Pattern USER = Pattern.compile("[\\w.!~*'()&=+$,;?/%-]+");

  /** What is no user of a SIP address never gets into a request. */
  public CallRequest {
    if (!USER.matcher(callee).matches() || !USER.matcher(caller).matches()) {
      throw new IllegalArgumentException("caller and callee must be users of a SIP address");
    }
  }

  /** Without caller and login. */
  @Override
  public String toString() {
    return "a call to " + server;
  }
}
