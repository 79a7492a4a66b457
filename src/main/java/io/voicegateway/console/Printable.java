package io.voicegateway.console;

import java.util.regex.Pattern;

/** Texts of others, such as the name of a trunk, as a terminal may be given them. */
final class Printable {

  /** Controls, of which some begin a terminal's commands, and what turns the direction of text. */
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}]");

  private Printable() {}

  static String line(String text) {
    return UNSEEN.matcher(text).replaceAll("?");
  }
}
