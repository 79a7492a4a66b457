package io.voicegateway.call;

import java.time.Instant;

/**
 * The outage switch of a number: while it is on, no caller of that number is sent to an agent.
 *
 * @param number the called number as it is passed on, or {@link #ALL}
 * @param by the operator who threw it last
 * @param at when, in whole milliseconds
 */
public record OutageSwitch(String number, boolean on, String by, Instant at) {

  /** The switch of all numbers. */
  public static final String ALL = "*";

  /** Whichever was thrown last. */
  public static OutageSwitch later(OutageSwitch one, OutageSwitch other) {
    return other.at.isAfter(one.at) ? other : one;
  }

  /** Its number, fit for logs. */
  public String label() {
    return number.equals(ALL) ? "all numbers" : Mask.tail(number);
  }
}
