package io.voicegateway.livekit.routing;

/**
 * A SIP digest login and the header that carries it. LiveKit reads {@code Proxy-Authorization} and
 * no other (sip/pkg/sip/inbound.go).
 *
 * @param username digest user name
 * @param password digest password, in clear
 * @param header name of the SIP header the answer to the challenge is sent in
 */
public record Credentials(String username, String password, String header) {
  private static final String HEADER_READ_BY_LIVEKIT = "Proxy-Authorization";

  /** A login sent the way LiveKit reads it. */
  public static Credentials of(String username, String password) {
    return new Credentials(username, password, HEADER_READ_BY_LIVEKIT);
  }

  boolean reachLiveKit() {
    return HEADER_READ_BY_LIVEKIT.equalsIgnoreCase(header);
  }

  @Override
  public String toString() {
    return "Credentials[" + username + " in " + header + "]";
  }
}
