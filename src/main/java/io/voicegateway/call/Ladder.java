package io.voicegateway.call;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The fallback ladder of a number: what a caller gets, in this order, when the way to the agent
 * fails.
 */
public record Ladder(List<Rung> rungs) {

  /** A comma ends a rung only before the next one begins, so that sentences may have commas. */
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*(?=(?:" + Rung.BEGINNING + "))");

  /** For a number with no ladder of its own: try SIP without the API, else tell the caller. */
  public static final Ladder DEFAULT = parse("dial-anyway, notice, decline:480");

  /** Nothing is left to try: the caller is declined. */
  public static final Ladder EMPTY = new Ladder(List.of());

  public Ladder {
    rungs = List.copyOf(rungs);
  }

  /**
   * Reads a comma separated ladder such as {@code dial-anyway, dial:+15550001000, notice}.
   *
   * @throws IllegalArgumentException naming the rung that is wrong
   */
  public static Ladder parse(String text) {
    return of(List.of(COMMA.split(text.strip())));
  }

  /**
   * Reads a ladder given as a list of rungs.
   *
   * @throws IllegalArgumentException naming the rung that is wrong
   */
  public static Ladder of(List<String> rungs) {
    return new Ladder(rungs.stream().map(RungText::parse).toList());
  }

  /** The projects that its rungs name. */
  public List<String> projects() {
    return rungs.stream()
        .filter(Rung.InProject.class::isInstance)
        .map(rung -> ((Rung.InProject) rung).project())
        .toList();
  }

  /** What is left of the ladder after its first rungs. */
  public Ladder after(int tried) {
    return new Ladder(rungs.subList(tried, rungs.size()));
  }

  /** What stands before the first rung of that kind; all of it when there is none. */
  public Ladder before(Class<? extends Rung> kind) {
    return new Ladder(rungs.stream().takeWhile(rung -> !kind.isInstance(rung)).toList());
  }

  /** The same without the rungs whose labels are such. */
  public Ladder without(Predicate<String> labels) {
    return new Ladder(rungs.stream().filter(rung -> !labels.test(rung.label())).toList());
  }

  /** The same without the ways to the agent. */
  public Ladder withoutAgent() {
    return without(Rung::isToAgent);
  }

  /** The same without the ways to the agent in the call's own project. */
  public Ladder withoutThisProject() {
    return without(label -> Rung.isToAgent(label) && !label.startsWith(Rung.PROJECT));
  }

  /** Fit for {@link #parse}; holds phone numbers, so not fit for logs. */
  @Override
  public String toString() {
    return rungs.stream().map(Rung::toString).collect(Collectors.joining(", "));
  }
}
