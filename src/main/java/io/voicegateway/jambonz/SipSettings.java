package io.voicegateway.jambonz;

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
record SipSettings(
    @DefaultValue("") String uri,
    @DefaultValue("") String username,
    @DefaultValue("") String password,
    @DefaultValue("tcp") String transport) {

  private static final Pattern TRANSPORT = Pattern.compile("(?i);transport=(\\w+)");

  /** The address of a user at LiveKit. */
  String address(String user) {
    return "sip:" + user + "@" + host() + ";transport=" + transport();
  }

  /** What the URI itself says wins. */
  @Override
  public String transport() {
    Matcher said = TRANSPORT.matcher(uri);
    if (said.find()) {
      return said.group(1).toLowerCase(Locale.ROOT);
    }
    return uri.strip().regionMatches(true, 0, "sips:", 0, 5)
        ? "tls"
        : transport.toLowerCase(Locale.ROOT);
  }

  private String host() {
    return uri.strip().replaceFirst("(?i)^sips?:", "").replaceFirst("[;?].*$", "");
  }
}
