package io.voicegateway.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outage switch of a number or project: while it is on, no caller of that number, or of that
 * project, is sent to an agent there.
 *
 * @param number the called number as it is passed on, {@link #ALL}, or {@link #ofProject}
 * @param by the operator who threw it last
 * @param at when, in whole milliseconds
 */
public record OutageSwitch(String number, boolean on, String by, Instant at) {

  /** The switch of all numbers. */
  public static final String ALL = "*";

  /** How the switch of a project begins, as no number does. */
  private static final String PROJECT = "project:";

  /** What stands in place of a number for a project. */
  public static String ofProject(String name) {
    return PROJECT + name;
  }

  /** The project whose switch it is; null for that of numbers. */
  public @Nullable String project() {
    return projectOf(number);
  }

  /** The project for which something stands in place of a number; null for none. */
  public static @Nullable String projectOf(String whose) {
    return whose.startsWith(PROJECT) ? whose.substring(PROJECT.length()) : null;
  }

  /** Whichever was thrown last. */
  public static OutageSwitch later(OutageSwitch one, OutageSwitch other) {
    return other.at.isAfter(one.at) ? other : one;
  }

  /** Its number, fit for logs. */
  public String label() {
    return labelOf(number);
  }

  /** The same of a number whose switch was not thrown yet. */
  public static String labelOf(String whose) {
    if (projectOf(whose) != null) {
      return "project " + projectOf(whose);
    }
    return whose.equals(ALL) ? "all numbers" : Mask.tail(whose);
  }
}
