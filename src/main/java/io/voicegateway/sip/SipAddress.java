package io.voicegateway.sip;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a SIP server listens and how it is spoken to.
 *
 * @param host name or IP address, IPv6 without brackets
 */
public record SipAddress(String host, int port, Transport transport) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?i)(?:(sips?):)?(?:\\[([0-9a-f:.]+)]|([a-z0-9._-]+))(?::(\\d{1,5}))?"
              + "(?:;transport=(\\w+))?");
  private static final int HIGHEST_PORT = 65_535;

  /** What carries the messages. */
  public enum Transport {
    UDP,
    TCP,
    TLS;

    int usualPort() {
      return this == TLS ? 5061 : 5060;
    }

    /** As a URI writes it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads {@code host}, {@code host:port} or {@code [IPv6]:port}, with {@code sip:} or {@code
   * sips:} before it and {@code ;transport=} behind it or without; what it says of the transport
   * wins.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static SipAddress parse(String uri, String transport) {
    Matcher form = FORM.matcher(uri.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "the SIP address must be host or host:port, without a user");
    }
    Transport way = transport(form.group(5), form.group(1), transport);
    String port = form.group(4);
    return new SipAddress(
        form.group(2) == null ? form.group(3) : form.group(2),
        port == null ? way.usualPort() : port(port),
        way);
  }

  private static Transport transport(String said, String scheme, String setting) {
    String unsaid = "sips".equalsIgnoreCase(scheme) ? "tls" : setting;
    String name = (said == null ? unsaid : said).strip().toUpperCase(Locale.ROOT);
    try {
      return Transport.valueOf(name);
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException("the SIP transport must be tcp, udp or tls", unknown);
    }
  }

  private static int port(String digits) {
    int port = Integer.parseInt(digits);
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("the SIP port must be a number from 1 to 65535");
    }
    return port;
  }

  /** The URI of a user there, of the server itself where the user is empty. */
  String uri(String user) {
    return "sip:" + plain(user) + ";transport=" + transport;
  }

  /** The same without the transport, as From and To have it. */
  String uriInHeaders(String user) {
    return "sip:" + plain(user);
  }

  private String plain(String user) {
    String at = user.isEmpty() ? "" : user + "@";
    return at + inBrackets(host) + (port == transport.usualPort() ? "" : ":" + port);
  }

  static String inBrackets(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }

  @Override
  public String toString() {
    return inBrackets(host) + ":" + port + " (" + transport + ")";
  }
}
