package io.voicegateway.setup;

import io.voicegateway.livekit.routing.Credentials;
import java.util.List;

/**
 * What the gateway needs LiveKit to have.
 *
 * @param username user of the inbound trunk
 * @param password its password as the settings have it; empty to leave a stored one
 * @param newPassword for a trunk that has to be made
 * @param allowedAddresses addresses that may call; empty to leave the stored ones
 * @param ringSeconds how long the trunk lets a call ring
 * @param agent who comes when a call is dialled without a registration
 */
record Blueprint(
    String username,
    String password,
    String newPassword,
    List<String> allowedAddresses,
    int ringSeconds,
    String agent) {

  /** The login of the gateway's calls as the settings have it. */
  Credentials login() {
    return Credentials.of(username, password);
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return "trunk of " + username + " for agent " + agent;
  }
}
