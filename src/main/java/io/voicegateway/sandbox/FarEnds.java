package io.voicegateway.sandbox;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Who answers where: by the address of the trunk, else by the called number. Unless told otherwise
 * a number that is a SIP code of refusal ({@code 486}) refuses with it, and all others answer.
 */
final class FarEnds {
  private static final Pattern REFUSAL = Pattern.compile("[456]\\d\\d");
  private static final FarEnd ANSWERS = FarEnd.answers(Duration.ofMillis(300));

  private final Map<String, FarEnd> byAddressOrNumber = new ConcurrentHashMap<>();

  void put(String addressOrNumber, FarEnd farEnd) {
    byAddressOrNumber.put(addressOrNumber, farEnd);
  }

  FarEnd at(String address, String number) {
    FarEnd known = byAddressOrNumber.get(address);
    if (known != null) {
      return known;
    }
    FarEnd usual =
        REFUSAL.matcher(number).matches() ? FarEnd.refuses(Integer.parseInt(number)) : ANSWERS;
    return byAddressOrNumber.getOrDefault(number, usual);
  }
}
