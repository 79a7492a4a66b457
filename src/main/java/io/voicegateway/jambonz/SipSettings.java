package io.voicegateway.jambonz;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Jambonz reaches LiveKit by SIP.
 *
 * @param uri host with an optional port, as LiveKit names it: never made from its API address
 * @param username user of the inbound trunk, empty for none
 * @param password its password
 * @param transport udp, tcp or tls
 */
@ConfigurationProperties("gateway.sip")
record SipSettings(
    @DefaultValue("") String uri,
    @DefaultValue("") String username,
    @DefaultValue("") String password,
    @DefaultValue("tcp") String transport) {

  /** The address of a user at LiveKit. */
  String address(String user) {
    return "sip:" + user + "@" + host() + ";transport=" + transport;
  }

  private String host() {
    return uri.strip().replaceFirst("(?i)^sips?:", "").replaceFirst("[;?].*$", "");
  }
}
