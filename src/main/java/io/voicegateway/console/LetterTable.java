package io.voicegateway.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;

/** Prints dead letters for people. */
final class LetterTable {

  private static final String LINE = "%-55s  %-9s  %-36s  %-30s  %s%n";

  private final PrintStream out;

  LetterTable(PrintStream out) {
    this.out = out;
  }

  /** A line for each letter, and how many wait for each cause. */
  void all(JsonNode listing) {
    JsonNode letters = listing.path("letters");
    if (letters.isEmpty()) {
      out.println("No dead letters.");
    } else {
      out.printf(LINE, "id", "state", "call_sid", "route at step", "cause. What to do");
      letters.forEach(this::line);
    }
    if (listing.has("next")) {
      out.println("There are more: --before " + text(listing, "next"));
    }
    if (listing.path("waiting").asLong() > 0) {
      out.printf("%n%d wait:%n", listing.path("waiting").asLong());
      for (JsonNode cause : listing.path("causes")) {
        out.printf("%7d  %s%n", cause.path("count").asLong(), text(cause, "cause"));
      }
    }
  }

  private void line(JsonNode letter) {
    out.printf(
        LINE,
        text(letter, "id"),
        text(letter, "state"),
        text(letter, "call_sid"),
        text(letter, "route") + " " + text(letter, "step"),
        (text(letter, "cause") + ". " + text(letter, "advice")).strip());
  }

  /** One letter, what was done with it and what came. */
  void one(JsonNode letter) {
    out.printf(
        "%s  %s, %s%n",
        text(letter, "id"), text(letter, "state"), attempts(letter.path("attempts").asInt()));
    out.printf(
        "call=%s %s failed at %s: %s%n",
        text(letter, "call_sid"),
        text(letter, "route"),
        text(letter, "step"),
        text(letter, "cause"));
    for (JsonNode one : letter.path("handled")) {
      String why = one.has("cause") ? ": " + text(one, "cause") : "";
      String at = text(one, "at").replaceFirst("\\.\\d+Z$", "Z");
      out.printf("%s  %s by %s%s%n", at, text(one, "outcome"), text(one, "by"), why);
    }
    if (letter.has("advice")) {
      out.println(text(letter, "advice"));
    }
    if (letter.has("body") || letter.has("body_base64")) {
      out.println(letter.has("body") ? text(letter, "body") : text(letter, "body_base64"));
    }
  }

  private static String attempts(int count) {
    return count == 1
        ? "replayed once"
        : count == 0 ? "never replayed" : "replayed " + count + " times";
  }

  /** What became of one. */
  void outcome(JsonNode outcome) {
    String words = outcome.has("error") ? text(outcome, "error") : text(outcome, "words");
    out.printf("%s  %s%n", text(outcome, "id"), words);
  }

  /** What came from others must not steer the terminal. */
  private static String text(JsonNode node, String field) {
    return Printable.line(node.path(field).asText(""));
  }
}
