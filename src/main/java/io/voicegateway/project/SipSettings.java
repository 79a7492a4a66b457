package io.voicegateway.project;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
public record SipSettings(
    @DefaultValue("") String uri,
    @DefaultValue("") String username,
    @DefaultValue("") String password,
    @DefaultValue("tcp") String transport) {

  private static final Pattern TRANSPORT = Pattern.compile("(?i);transport=(\\w+)");

  /** What the URI itself says of the transport wins; of the URI the host with its port remains. */
  public SipSettings {
    Matcher said = TRANSPORT.matcher(uri);
    String scheme = uri.strip().toLowerCase(Locale.ROOT).startsWith("sips:") ? "tls" : transport;
    transport = (said.find() ? said.group(1) : scheme).toLowerCase(Locale.ROOT);
    uri = uri.strip().replaceFirst("(?i)^sips?:", "").replaceFirst("[;?].*$", "");
  }

  /** The address of a user at LiveKit. */
  public String address(String user) {
    return "sip:" + user + "@" + uri + ";transport=" + transport;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "SIP at " + uri;
  }
}
