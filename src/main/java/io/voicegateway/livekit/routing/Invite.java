package io.voicegateway.livekit.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What LiveKit looks at in an INVITE.
 *
 * @param fromUser user part of the From header, the caller; empty when there is none
 * @param toUser user part of the Request-URI
 * @param toHeaderUser user part of the To header where it differs from the Request-URI, else null
 * @param fromHost host part of the From header
 * @param credentials the login the caller answers a challenge with; null when it has none
 * @param transport udp, tcp or tls; LiveKit routes all alike
 * @param sourceIp address the packet came from
 * @param codecs audio codecs offered, such as PCMU
 * @param srtpOffered whether the offer has keys for encrypted media
 */
public record Invite(
    String fromUser,
    String toUser,
    @Nullable String toHeaderUser,
    String fromHost,
    @Nullable Credentials credentials,
    String transport,
    String sourceIp,
    List<String> codecs,
    boolean srtpOffered) {

  /** Copies the codecs. */
  public Invite {
    codecs = List.copyOf(codecs);
  }

  /** A plain call over TCP with G.711 and no login. */
  public static Invite of(String fromUser, String toUser, String sourceIp) {
    return new Invite(
        fromUser, toUser, null, sourceIp, null, "tcp", sourceIp, List.of("PCMU", "PCMA"), false);
  }

  /** The same call with a login. */
  public Invite withCredentials(Credentials login) {
    return new Invite(
        fromUser, toUser, toHeaderUser, fromHost, login, transport, sourceIp, codecs, srtpOffered);
  }

  /** The called user: LiveKit takes it from the To header, not from the Request-URI. */
  public String calledUser() {
    return toHeaderUser == null ? toUser : toHeaderUser;
  }
}
