package io.voicegateway.console.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call as a picture: where everything stands in it.
 *
 * @param verdict null for a call that went as it should
 */
record Drawing(
    int width, int height, List<Column> columns, List<Arrow> arrows, @Nullable Verdict verdict) {

  /** Left of the first column stand the times. */
  private static final int TIMES = 72;

  private static final int BETWEEN = 166;
  private static final int RIGHT = 64;
  private static final int HEAD = 56;
  private static final int ROW = 28;
  private static final int LINE = 17;
  private static final int LETTER = 7;
  private static final int LONGEST_LABEL = 64;

  /** So many letters stand between two places. */
  private static final int BETWEEN_PLACES = (BETWEEN - 20) / LETTER;

  /** So much longer is the way down for each ten times of waiting beyond this, in ms. */
  private static final double SHORT = 200;

  private static final double LONGER = 14;

  /** Somebody who takes part. */
  record Column(String label, int x) {}

  /**
   * Why it failed, below the step by which it did.
   *
   * @param y of the band in which both stand
   */
  record Verdict(int y, int height, List<Line> lines) {}

  /**
   * A line of words.
   *
   * @param kind cause, advice or words
   */
  record Line(int y, String kind, String words) {}

  /**
   * A step.
   *
   * @param anchor where its words begin: start or end
   * @param label its words, in lines that reach over no other place's line
   * @param head the corners of the arrow's head; empty when it leads nowhere
   */
  record Arrow(
      int y,
      int x1,
      int x2,
      int textX,
      String anchor,
      String words,
      List<Line> label,
      String time,
      String head,
      boolean failed) {}

  /**
   * Draws a call.
   *
   * @param culprit the place of the step by which it failed, -1 for none
   */
  static Drawing of(List<Step> steps, int culprit, String cause, String advice) {
    List<Place> places =
        Arrays.stream(Place.values())
            .filter(place -> place != Place.PERSON || takesPart(place, steps))
            .toList();
    int width = TIMES + (places.size() - 1) * BETWEEN + RIGHT;
    List<Column> columns =
        places.stream().map(place -> new Column(place.label(), x(places, place))).toList();
    List<Arrow> arrows = new ArrayList<>();
    @Nullable Verdict verdict = null;
    int y = HEAD;
    for (int row = 0; row < steps.size(); row++) {
      Step step = steps.get(row);
      y += row == 0 ? 0 : ROW + extra(step.ms() - steps.get(row - 1).ms());
      y += (label(step).size() - 1) * LINE;
      arrows.add(arrow(step, y, x(places, step.from()), x(places, step.to()), width));
      if (row == culprit) {
        verdict = verdict(y, width, label(step).size(), cause, advice);
        y = verdict.y() + verdict.height() + 20 - ROW;
      }
    }
    return new Drawing(width, y + ROW, columns, arrows, verdict);
  }

  private static Verdict verdict(int arrow, int width, int label, String cause, String advice) {
    List<Line> lines = new ArrayList<>();
    int y = arrow + ROW - 8;
    for (String kind : List.of("cause", "advice")) {
      for (String words : wrapped(kind.equals("cause") ? cause : advice, (width - 32) / LETTER)) {
        lines.add(new Line(y, kind, words));
        y += LINE;
      }
    }
    int above = 20 + (label - 1) * LINE;
    return new Verdict(arrow - above, y - arrow - 10 + above, lines);
  }

  private static List<String> wrapped(String text, int most) {
    return Pattern.compile(".{1,%1$d}(?:\\s|$)|\\S{%1$d}".formatted(most))
        .matcher(text)
        .results()
        .map((MatchResult line) -> line.group().strip())
        .toList();
  }

  private static Arrow arrow(Step step, int y, int from, int to, int width) {
    boolean right = Math.min(from, to) > width / 2;
    int textX = right ? Math.max(from, to) - 10 : Math.min(from, to) + 10;
    return new Arrow(
        y,
        from,
        to,
        textX,
        right ? "end" : "start",
        step.words(),
        lines(label(step), y),
        step.time(),
        from == to ? "" : head(to, y, from < to ? -1 : 1),
        step.failed());
  }

  private static List<String> label(Step step) {
    String words = step.words();
    return wrapped(
        words.length() > LONGEST_LABEL ? words.substring(0, LONGEST_LABEL - 1) + "…" : words,
        BETWEEN_PLACES);
  }

  /** The last one stands upon the arrow. */
  private static List<Line> lines(List<String> label, int arrow) {
    return IntStream.range(0, label.size())
        .mapToObj(
            line ->
                new Line(arrow - 5 - (label.size() - 1 - line) * LINE, "words", label.get(line)))
        .toList();
  }

  private static String head(int x, int y, int back) {
    return "%d,%d %d,%d %d,%d".formatted(x, y, x + 8 * back, y - 4, x + 8 * back, y + 4);
  }

  private static int x(List<Place> places, Place place) {
    return TIMES + places.indexOf(place) * BETWEEN;
  }

  private static int extra(long waited) {
    return waited <= SHORT ? 0 : (int) (LONGER * Math.log10(waited / SHORT));
  }

  private static boolean takesPart(Place place, List<Step> steps) {
    return steps.stream()
        .flatMap(step -> Stream.of(step.from(), step.to()))
        .anyMatch(place::equals);
  }

  /** What it shows, for whoever does not see it. */
  static String told(List<Step> steps) {
    return steps.stream()
        .map(
            step ->
                "%s, %s to %s: %s%s."
                    .formatted(
                        step.time(),
                        step.from().label(),
                        step.to().label(),
                        step.words(),
                        step.failed() ? ", failed" : ""))
        .reduce((one, next) -> one + " " + next)
        .orElse("");
  }
}
