package io.voicegateway.livekit.routing;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A trunk's {@code allowed_addresses} (protocol/sip/sip.go, matchAddrMasks). */
public final class AllowedAddresses {
  private static final Pattern NOT_A_MASK = Pattern.compile("[()+*;, \\t\\n\\r]|://");

  /** Of what else is there, only the host of a From header can match. */
  private static final Pattern HOST = Pattern.compile("[\\w.-]*[A-Za-z][\\w.-]*");

  private AllowedAddresses() {}

  /** Whether LiveKit can read it as an address or a network. */
  public static boolean isReadable(String mask) {
    return IpAddress.parse(mask).isPresent() || IpAddress.isNetwork(mask);
  }

  /** Whether LiveKit can read it as an address. */
  public static boolean isAddress(String text) {
    return IpAddress.parse(text).isPresent();
  }

  /** Those of the texts that LiveKit can read as addresses, each once. */
  public static List<String> addresses(Stream<String> texts) {
    return texts.filter(AllowedAddresses::isAddress).distinct().toList();
  }

  /** Whether an address lies in one of some networks. */
  public static boolean isIn(String address, List<String> networks) {
    return IpAddress.parse(address)
        .filter(ip -> networks.stream().anyMatch(ip::inNetwork))
        .isPresent();
  }

  /** Those of the masks that do not what they seem to do, each with what LiveKit makes of it. */
  public static List<String> misleading(List<String> masks) {
    boolean open = !masks.isEmpty() && usable(masks).isEmpty();
    return masks.stream()
        .filter(mask -> !isReadable(mask) && !isHost(mask))
        .map(
            mask ->
                "\"%s\" is no address and no network: %s"
                    .formatted(
                        mask,
                        open
                            ? "LiveKit leaves it out, and with none left lets everybody in"
                            : "it lets nobody in"))
        .toList();
  }

  /** Whether some list of masks keeps strangers out: those of IPv4 and those of IPv6. */
  public static boolean protect(List<String> masks) {
    List<String> usable = usable(masks);
    return !usable.isEmpty()
        && !IpAddress.coverAll(usable, IpAddress.IPV4_BITS)
        && !IpAddress.coverAll(usable, IpAddress.IPV6_BITS);
  }

  /** Whether a source is in both, whatever its From header says. */
  static boolean overlap(List<String> masks, List<String> others) {
    List<String> some = usable(masks);
    List<String> more = usable(others);
    return some.isEmpty()
        || more.isEmpty()
        || some.stream().anyMatch(mask -> allow(address(mask), mask, more))
        || more.stream().anyMatch(mask -> allow(address(mask), mask, some));
  }

  /** Whether a call can match both: the host of its From header one, and its source the other. */
  static boolean mayOverlap(List<String> masks, List<String> others) {
    return overlap(masks, others)
        || usable(masks).stream().anyMatch(AllowedAddresses::isHost)
        || usable(others).stream().anyMatch(AllowedAddresses::isHost);
  }

  private static boolean isHost(String mask) {
    return !isReadable(mask) && HOST.matcher(mask).matches();
  }

  /** The first address of a network. */
  private static String address(String mask) {
    return isReadable(mask) ? mask.replaceFirst("/.*", "") : "0.0.0.0";
  }

  private static List<String> usable(List<String> masks) {
    return masks.stream().filter(mask -> !NOT_A_MASK.matcher(mask).find()).toList();
  }

  /**
   * Whether one of the masks (an address, a CIDR network, or the host of the From header) lets the
   * call in. Masks LiveKit cannot read are left out, and when none is left everybody gets in.
   */
  static boolean allow(String sourceIp, String fromHost, List<String> masks) {
    Optional<IpAddress> source = IpAddress.parse(sourceIp);
    List<String> readable = usable(masks);
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
