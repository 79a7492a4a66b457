package io.voicegateway.livekit.routing;

import java.util.List;
import java.util.regex.Pattern;

/** Phone numbers the way LiveKit compares them (protocol/livekit/sip.go, NormalizeNumber). */
public final class PhoneNumbers {
  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9\\- ()]+");
  private static final Pattern LOOSE = Pattern.compile("\\+?[0-9\\- ()./]*[0-9][0-9\\- ()./]*");
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

  /** An entry that is the same number to a person, though not to LiveKit; empty when none is. */
  static String nearly(String number, List<String> numbers) {
    String subscriber = subscriber(number);
    return numbers.stream()
        .filter(each -> !subscriber.isEmpty() && subscriber(each).equals(subscriber))
        .findFirst()
        .orElse("");
  }

  /** Its digits behind + or 00; empty for what is not written as a number. */
  private static String subscriber(String number) {
    return LOOSE.matcher(number).matches()
        ? number.replaceAll("\\D", "").replaceFirst("^00", "")
        : "";
  }

  /** How a number begins, in words. */
  static String beginning(String number) {
    String digits = FORMATTING.matcher(number).replaceAll("");
    return digits.startsWith("+") ? "with +" : digits.startsWith("00") ? "with 00" : "without +";
  }

  static boolean listed(String number, List<String> numbers) {
    String normalized = normalize(number);
    return numbers.stream().anyMatch(each -> normalize(each).equals(normalized));
  }
}
