package io.voicegateway.call;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides phone numbers and tokens in everything that people or log collectors read. */
public final class Mask {

  private static final int READABLE = 3;
  private static final String UUID = "\\b\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\b";
  private static final String TOKEN = "\\beyJ[\\w-]+\\.[\\w-]*\\.?[\\w-]*";
  private static final String NUMBER = "\\+?\\d[\\d ().\\-/]{3,}\\d";
  private static final String ADDRESS = "\\b\\d{1,3}(?:\\.\\d{1,3}){3}(?:/\\d{1,2})?\\b";
  private static final Pattern SENSITIVE =
      Pattern.compile(
          "(?<keep>"
              + UUID
              + "|"
              + ADDRESS
              + ")|(?<token>"
              + TOKEN
              + ")|(?<number>"
              + NUMBER
              + ")");

  private Mask() {}

  /** The last three characters of a number or user name behind three stars. */
  public static String tail(String number) {
    return "***" + number.substring(Math.max(0, number.length() - READABLE));
  }

  /**
   * A text with every number of five digits or more masked to its last three and every token
   * removed; ids of calls and rooms and IP addresses stay readable.
   */
  public static String text(String text) {
    return SENSITIVE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(masked((Matcher) match)));
  }

  private static String masked(Matcher match) {
    if (match.group("keep") != null) {
      return match.group();
    }
    return match.group("token") != null ? "(token)" : tail(match.group());
  }
}
