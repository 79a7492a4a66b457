package io.voicegateway.livekit.routing;

import java.util.List;
import java.util.regex.Pattern;

/** Phone numbers the way LiveKit compares them (protocol/livekit/sip.go, NormalizeNumber). */
public final class PhoneNumbers {
  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9\\- ()]+");
  private static final Pattern FORMATTING = Pattern.compile("[\\- ()]");

  private PhoneNumbers() {}

  /**
   * The number without blanks, dashes and brackets and with a leading plus. Anything that is not
   * written as a number, such as {@code call-abc}, comes back unchanged.
   */
  public static String normalize(String number) {
    if (!NUMBER.matcher(number).matches()) {
      return number;
    }
    String digits = FORMATTING.matcher(number).replaceAll("");
    return digits.startsWith("+") ? digits : "+" + digits;
  }

  static boolean listed(String number, List<String> numbers) {
    String normalized = normalize(number);
    return numbers.stream().anyMatch(each -> normalize(each).equals(normalized));
  }
}
