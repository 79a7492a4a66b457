package io.voicegateway.console.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A call as a picture: where everything stands in it. */
record Drawing(int width, int height, List<Column> columns, List<Arrow> arrows) {

  /** Left of the first column stand the times. */
  private static final int TIMES = 72;

  private static final int BETWEEN = 176;
  private static final int RIGHT = 64;
  private static final int HEAD = 56;
  private static final int ROW = 28;
  private static final int LONGEST_LABEL = 64;

  /** So much longer is the way down for each ten times of waiting beyond this, in ms. */
  private static final double SHORT = 200;

  private static final double LONGER = 14;

  /** Somebody who takes part. */
  record Column(String label, int x) {}

  /**
   * A step.
   *
   * @param anchor where its words begin: start or end
   * @param head the corners of the arrow's head; empty when it leads nowhere
   * @param culprit whether the call failed by it
   */
  record Arrow(
      int y,
      int x1,
      int x2,
      int textX,
      String anchor,
      String words,
      String time,
      String head,
      boolean failed,
      boolean culprit) {}

  /**
   * Draws a call.
   *
   * @param culprit the place of the step by which it failed, -1 for none
   */
  static Drawing of(List<Step> steps, int culprit) {
    List<Place> places =
        Arrays.stream(Place.values())
            .filter(place -> place != Place.PERSON || takesPart(place, steps))
            .toList();
    int width = TIMES + (places.size() - 1) * BETWEEN + RIGHT;
    List<Column> columns =
        places.stream().map(place -> new Column(place.label(), x(places, place))).toList();
    List<Arrow> arrows = new ArrayList<>();
    int y = HEAD;
    for (int row = 0; row < steps.size(); row++) {
      Step step = steps.get(row);
      y += row == 0 ? 0 : ROW + extra(step.ms() - steps.get(row - 1).ms());
      arrows.add(
          arrow(step, y, x(places, step.from()), x(places, step.to()), width, row == culprit));
    }
    return new Drawing(width, y + ROW, columns, arrows);
  }

  private static Arrow arrow(Step step, int y, int from, int to, int width, boolean culprit) {
    boolean right = Math.min(from, to) > width / 2;
    int textX = right ? Math.max(from, to) - 10 : Math.min(from, to) + 10;
    return new Arrow(
        y,
        from,
        to,
        textX,
        right ? "end" : "start",
        step.words().length() > LONGEST_LABEL
            ? step.words().substring(0, LONGEST_LABEL - 1) + "…"
            : step.words(),
        step.time(),
        from == to ? "" : head(to, y, from < to ? -1 : 1),
        step.failed(),
        culprit);
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
