package io.voicegateway.livekit.routing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IP address as Go's net/netip reads it, which LiveKit uses: no leading zeros in IPv4, and an
 * IPv4 address inside IPv6 ({@code ::ffff:1.2.3.4}) is not the IPv4 address. Names are never looked
 * up.
 */
record IpAddress(BigInteger value, int bits, String zone) {
  private static final Pattern IPV4 = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+)");
  private static final Pattern OCTET = Pattern.compile("0|[1-9]\\d{0,2}");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final Pattern PREFIX_LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");
  private static final int GROUPS = 8;
  static final int IPV4_BITS = 32;
  static final int IPV6_BITS = 128;

  static Optional<IpAddress> parse(String text) {
    int percent = text.indexOf('%');
    if (percent < 0) {
      return text.contains(":") ? ipv6(text, "") : ipv4(text);
    }
    String zone = text.substring(percent + 1);
    return zone.isEmpty() ? Optional.empty() : ipv6(text.substring(0, percent), zone);
  }

  /** Whether a text is a network, written as {@code address/length}. */
  static boolean isNetwork(String cidr) {
    int slash = cidr.lastIndexOf('/');
    return slash > 0
        && parse(cidr.substring(0, slash)).filter(address -> address.inNetwork(cidr)).isPresent();
  }

  /** Whether addresses and networks, taken together, are all that there are of one length. */
  static boolean coverAll(List<String> masks, int bits) {
    BigInteger covered = BigInteger.ZERO;
    List<Range> ranges =
        masks.stream()
            .flatMap(mask -> range(mask, bits).stream())
            .sorted(Comparator.comparing(Range::first))
            .toList();
    for (Range range : ranges) {
      if (range.first.compareTo(covered) > 0) {
        return false;
      }
      covered = covered.max(range.end);
    }
    return covered.bitLength() > bits;
  }

  /** From its first address up to the one behind its last. */
  private record Range(BigInteger first, BigInteger end) {}

  private static Optional<Range> range(String mask, int bits) {
    int slash = mask.lastIndexOf('/');
    if (slash >= 0 && !isNetwork(mask)) {
      return Optional.empty();
    }
    int rest = slash < 0 ? 0 : bits - Integer.parseInt(mask.substring(slash + 1));
    return parse(slash < 0 ? mask : mask.substring(0, slash))
        .filter(address -> address.bits == bits)
        .map(address -> address.value.shiftRight(rest))
        .map(
            prefix ->
                new Range(prefix.shiftLeft(rest), prefix.add(BigInteger.ONE).shiftLeft(rest)));
  }

  /** Whether this address lies in a network written as {@code address/length}. */
  boolean inNetwork(String cidr) {
    int slash = cidr.lastIndexOf('/');
    String length = cidr.substring(slash + 1);
    if (slash < 0 || !PREFIX_LENGTH.matcher(length).matches() || !zone.isEmpty()) {
      return false;
    }
    return parse(cidr.substring(0, slash))
        .filter(network -> sharesPrefix(network, Integer.parseInt(length)))
        .isPresent();
  }

  private boolean sharesPrefix(IpAddress network, int length) {
    int rest = bits - length;
    return network.zone.isEmpty()
        && network.bits == bits
        && rest >= 0
        && network.value.shiftRight(rest).equals(value.shiftRight(rest));
  }

  private static Optional<IpAddress> ipv4(String text) {
    Matcher matcher = IPV4.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long value = 0;
    for (int i = 1; i <= 4; i++) {
      String octet = matcher.group(i);
      if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
        return Optional.empty();
      }
      value = value << 8 | Integer.parseInt(octet);
    }
    return Optional.of(new IpAddress(BigInteger.valueOf(value), IPV4_BITS, ""));
  }

  private static Optional<IpAddress> ipv6(String text, String zone) {
    return withoutEmbeddedIpv4(text)
        .flatMap(IpAddress::groups)
        .map(groups -> new IpAddress(new BigInteger(String.join("", groups), 16), IPV6_BITS, zone));
  }

  private static Optional<String> withoutEmbeddedIpv4(String text) {
    int colon = text.lastIndexOf(':');
    String tail = text.substring(colon + 1);
    if (!tail.contains(".")) {
      return Optional.of(text);
    }
    return ipv4(tail)
        .map(ip -> ip.value.longValue())
        .map(ip -> text.substring(0, colon + 1) + hex(ip >> 16) + ":" + hex(ip & 0xffff));
  }

  private static String hex(long group) {
    return Long.toHexString(group);
  }

  private static Optional<List<String>> groups(String text) {
    int gap = text.indexOf("::");
    List<String> before = split(gap < 0 ? text : text.substring(0, gap));
    List<String> after = gap < 0 ? List.of() : split(text.substring(gap + 2));
    int missing = GROUPS - before.size() - after.size();
    if (gap < 0 ? missing != 0 : missing < 1) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>(before);
    for (int i = 0; i < missing; i++) {
      all.add("0");
    }
    all.addAll(after);
    return all.stream().allMatch(group -> GROUP.matcher(group).matches())
        ? Optional.of(all.stream().map(IpAddress::fourDigits).toList())
        : Optional.empty();
  }

  private static List<String> split(String groups) {
    return groups.isEmpty() ? List.of() : List.of(groups.split(":", -1));
  }

  private static String fourDigits(String group) {
    return "0".repeat(4 - group.length()) + group;
  }
}
