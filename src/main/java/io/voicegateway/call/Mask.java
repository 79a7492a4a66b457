package io.voicegateway.call;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides phone numbers and tokens in everything that people or log collectors read. */
public final class Mask {

  private static final int READABLE = 3;
  private static final String UUID = "\\b\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}\\b";
  private static final String TOKEN = "\\beyJ[\\w-]+\\.[\\w-]*\\.?[\\w-]*";

  /** Nobody writes a number with blanks of other kinds but to look well. */
  private static final String NUMBER = "\\+?\\d[\\d\\h().\\-/\\u2010-\\u2015]{3,}\\d";

  private static final String CLOCK = "[0-2]\\d:[0-5]\\d:[0-5]\\d(?:[.,]\\d{1,9}(?!\\d))?";

  /** As in JSON and logs, or in a header; a day alone may be a number. */
  private static final String TIME =
      "(?<![\\d+])(?:\\d{4}-[01]\\d-[0-3]\\d[T ]|\\d{1,2} [A-Z][a-z]{2} \\d{4} )"
          + CLOCK
          + "(?:Z|[+-]\\d\\d:?\\d\\d(?![\\d:]))?";

  /** LiveKit's, with at least one letter, and those of traces, with two. */
  private static final String ID =
      "\\b[A-Z]{2,3}_(?=\\d*[A-Za-z])[A-Za-z0-9]{12}\\b"
          + "|\\b(?=\\d*[a-f]\\d*[a-f])[a-f\\d]{32}\\b";

  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

  /** Nothing that goes on as a number does, such as 33.12.34.56.78. */
  private static final String ADDRESS =
      "(?<![\\d.+])"
          + OCTET
          + "(?:\\."
          + OCTET
          + "){3}(?:/\\d{1,2})?(?![\\d\\h().\\-/\\u2010-\\u2015]*\\d)";

  private static final Pattern SENSITIVE =
      Pattern.compile(
          "(?<keep>"
              + UUID
              + "|"
              + TIME
              + "|"
              + ID
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
   * removed; times, ids of calls, rooms and participants, and IP addresses stay readable.
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
