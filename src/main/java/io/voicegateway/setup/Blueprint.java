package io.voicegateway.setup;

import io.voicegateway.livekit.routing.Credentials;
import java.util.List;
import livekit.LivekitSip.SIPInboundTrunkInfo;

/**
 * What the gateway needs LiveKit to have.
 *
 * @param username user of the inbound trunk as the settings have it; empty to leave a stored one
 * @param password its password as the settings have it; empty to leave a stored one
 * @param newPassword for a trunk that has to be made, or has none
 * @param allowedAddresses addresses that may call; empty to leave the stored ones
 * @param ringSeconds how long the trunk lets a call ring
 * @param agent who comes when a call is dialled without a registration; empty when nobody was
 *     chosen
 */
record Blueprint(
    String username,
    String password,
    String newPassword,
    List<String> allowedAddresses,
    int ringSeconds,
    String agent) {

  private static final String USUAL_USER = "voice-gateway";

  /** The user of the gateway's own trunk, which has one in any case. */
  String userOf(SIPInboundTrunkInfo stored) {
    String known = username.isEmpty() ? stored.getAuthUsername() : username;
    return known.isEmpty() ? USUAL_USER : known;
  }

  /** The login of the gateway's calls as the settings have it. */
  Credentials login() {
    return Credentials.of(username, password);
  }

  /** The login that the settings will have for a trunk, which is its own where they have none. */
  Credentials loginAt(SIPInboundTrunkInfo trunk) {
    return Credentials.of(
        username.isEmpty() ? trunk.getAuthUsername() : username,
        password.isEmpty() ? trunk.getAuthPassword() : password);
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return "trunk for agent " + agent;
  }
}
