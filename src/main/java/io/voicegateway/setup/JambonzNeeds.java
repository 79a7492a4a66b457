package io.voicegateway.setup;

import java.util.List;
import java.util.Set;

/**
 * What the gateway needs of Jambonz.
 *
 * @param publicUrl where Jambonz reaches the gateway, without a path; empty when not known
 * @param webhookSecrets those that the gateway accepts
 * @param numbers telephone numbers whose calls are to come to the gateway, as the operator named
 *     them
 * @param callerIds numbers that LiveKit may show when it calls out
 * @param password of the SIP client by which LiveKit calls in, should it have to be made
 * @param newLogin whether a client and trunk that are there get that password, too
 * @param adopted applications that may be changed, although they call another gateway
 */
record JambonzNeeds(
    String publicUrl,
    List<String> webhookSecrets,
    List<String> numbers,
    List<String> callerIds,
    String password,
    boolean newLogin,
    Set<String> adopted) {

  /** Without secrets. */
  @Override
  public String toString() {
    return "hooks at " + publicUrl;
  }
}
