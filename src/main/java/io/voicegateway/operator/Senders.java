package io.voicegateway.operator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

/** Tells from where a request comes, also through proxies that are known to say the truth. */
@Component
public final class Senders {

  /** Never a name, which would be asked for. */
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|(?=.*:)[\\p{XDigit}:.]{2,45}");

  private static final int IPV4 = 4;

  /** Bytes. */
  private static final int NETWORK = 8;

  private final List<IpAddressMatcher> proxies;

  Senders(OperatorSettings settings) {
    proxies = settings.trustedProxies().stream().map(IpAddressMatcher::new).toList();
  }

  /**
   * The address that asks: the last that no proxy of ours has.
   *
   * @param peer who connected
   * @param forwarded the values of X-Forwarded-For
   */
  public String address(String peer, List<String> forwarded) {
    List<String> way = new ArrayList<>();
    forwarded.forEach(line -> way.addAll(List.of(line.split("[,\\s]+"))));
    String sender = peer;
    for (int last = way.size() - 1; last >= 0 && isProxy(sender); last--) {
      if (!ADDRESS.matcher(way.get(last)).matches()) {
        return sender;
      }
      sender = way.get(last);
    }
    return sender;
  }

  /** Whether what it says of who asks it is believed. */
  public boolean isProxy(String address) {
    try {
      return proxies.stream().anyMatch(proxy -> proxy.matches(address));
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }

  /** Those that are one as a sender: whoever has an IPv6 address has a whole network of them. */
  static String group(String address) {
    if (!address.contains(":")) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return bytes.length == IPV4 ? address : HexFormat.of().formatHex(bytes, 0, NETWORK) + "::/64";
    } catch (UnknownHostException noAddress) {
      return address;
    }
  }
}
