package io.voicegateway.console.web;

import java.time.Instant;

/**
 * One thing that went from one place to another, or happened at one.
 *
 * @param ms since the call began
 * @param words short enough for a picture
 * @param event the name of what was heard, as programs see it
 * @param detail the same in full
 * @param failed whether it did not go as it should
 */
record Step(
    Instant at,
    long ms,
    Place from,
    Place to,
    String words,
    String event,
    String detail,
    boolean failed) {

  /** How far it is from the call's beginning, for people. */
  String time() {
    return Times.since(ms);
  }
}
