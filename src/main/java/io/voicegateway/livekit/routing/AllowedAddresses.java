package io.voicegateway.livekit.routing;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A trunk's {@code allowed_addresses} (protocol/sip/sip.go, matchAddrMasks). */
public final class AllowedAddresses {
  private static final Pattern NOT_A_MASK = Pattern.compile("[()+*;, \\t\\n\\r]|://");

  private AllowedAddresses() {}

  /** Whether LiveKit can read it as an address or a network. */
  public static boolean isReadable(String mask) {
    return IpAddress.parse(mask).isPresent() || IpAddress.isNetwork(mask);
  }

  /**
   * Whether one of the masks (an address, a CIDR network, or the host of the From header) lets the
   * call in. Masks LiveKit cannot read are left out, and when none is left everybody gets in.
   */
  static boolean allow(String sourceIp, String fromHost, List<String> masks) {
    Optional<IpAddress> source = IpAddress.parse(sourceIp);
    List<String> readable =
        masks.stream().filter(mask -> !NOT_A_MASK.matcher(mask).find()).toList();
    if (source.isEmpty() || readable.isEmpty()) {
      return true;
    }
    return readable.stream().anyMatch(mask -> mask.equals(fromHost) || covers(mask, source.get()));
  }

  private static boolean covers(String mask, IpAddress source) {
    return mask.contains("/")
        ? source.inNetwork(mask)
        : IpAddress.parse(mask).filter(source::equals).isPresent();
  }
}
