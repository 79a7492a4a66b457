package io.voicegateway.call;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings telephone numbers into E.164. Carriers send {@code +49…}, {@code 0049…}, {@code 030…} or
 * national digits; LiveKit adds a plus and strips blanks, nothing more, so it has to happen here.
 */
public final class NumberFormat {

  private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();
  private static final Pattern DIALABLE = Pattern.compile("\\+?[\\d ().\\-/]+");
  private static final Pattern INTERNATIONAL = Pattern.compile("\\+[1-9]\\d{6,14}");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

  /** Shorter digits are an extension or a service number unless the country knows them. */
  private static final int SHORTEST_UNKNOWN = 9;

  private NumberFormat() {}

  /** Whether this is an ISO 3166 country code that has telephone numbers, such as {@code DE}. */
  public static boolean isCountry(String country) {
    return PHONES.getSupportedRegions().contains(country.toUpperCase(Locale.ROOT));
  }

  /**
   * A party from what the platform sent.
   *
   * @param country ISO 3166 code that gives national numbers their meaning; null for none, then
   *     only {@code +} and {@code 00} forms become E.164
   */
  public static Party party(@Nullable String received, @Nullable String country) {
    String clean = received == null ? "" : CONTROL.matcher(received).replaceAll("").strip();
    return new Party(clean, e164(clean, country));
  }

  /**
   * Whether calls to this E.164 number cost what its owner asks for. Digits behind such a number do
   * not keep it from being reached.
   */
  static boolean isPremium(String e164) {
    try {
      PhoneNumber number = PHONES.parse(e164, null);
      PHONES.truncateTooLongNumber(number);
      return PHONES.getNumberType(number) == PhoneNumberType.PREMIUM_RATE;
    } catch (NumberParseException notANumber) {
      return false;
    }
  }

  private static @Nullable String e164(String number, @Nullable String country) {
    if (!DIALABLE.matcher(number).matches()) {
      return null;
    }
    String digits = number.replaceAll("[^+\\d]", "");
    if (digits.startsWith("+")) {
      return international(digits);
    }
    String abroad = digits.startsWith("00") ? international("+" + digits.substring(2)) : null;
    if (country == null) {
      return abroad;
    }
    return abroad != null && isValid(abroad)
        ? abroad
        : national(digits, country.toUpperCase(Locale.ROOT));
  }

  private static boolean isValid(String e164) {
    try {
      return PHONES.isValidNumber(PHONES.parse(e164, null));
    } catch (NumberParseException notANumber) {
      return false;
    }
  }

  private static @Nullable String international(String digits) {
    return INTERNATIONAL.matcher(digits).matches() ? digits : null;
  }

  private static @Nullable String national(String digits, String country) {
    try {
      PhoneNumber parsed = PHONES.parse(digits, country);
      return PHONES.isValidNumber(parsed) || isLongEnough(parsed, digits)
          ? PHONES.format(parsed, PhoneNumberFormat.E164)
          : null;
    } catch (NumberParseException notANumber) {
      return null;
    }
  }

  private static boolean isLongEnough(PhoneNumber parsed, String digits) {
    return digits.length() >= SHORTEST_UNKNOWN
        && PHONES.isPossibleNumberWithReason(parsed) == ValidationResult.IS_POSSIBLE;
  }
}
