package io.voicegateway.setup;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an operator wants of a setup.
 *
 * @param adopted ids of a trunk and a rule that are not ours, to be used as they are
 * @param pruned ids of trunks and rules to be deleted
 * @param allowedAddresses addresses that may call LiveKit by the gateway's trunk
 * @param jambonz whether Jambonz is set up, too
 * @param newLogin whether Jambonz's SIP client and LiveKit's outbound trunk get a new password
 * @param numbers telephone numbers in Jambonz whose calls are to come to the gateway
 */
public record SetupOptions(
    Set<String> adopted,
    Set<String> pruned,
    List<String> allowedAddresses,
    boolean jambonz,
    boolean newLogin,
    List<String> numbers) {

  /** The ids that were named. */
  public Set<String> named() {
    Set<String> ids = new TreeSet<>(adopted);
    ids.addAll(pruned);
    return ids;
  }
}
