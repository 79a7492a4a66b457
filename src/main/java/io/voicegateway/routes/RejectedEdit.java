package io.voicegateway.routes;

import java.time.Instant;

/**
 * An edit of the routes or of the number plan that is not served.
 *
 * @param at when it was looked at
 * @param line from 1, 0 when it is none in particular
 * @param problem what is wrong with it
 * @param excerpt the line with a caret below it, empty when it is none in particular
 */
public record RejectedEdit(Instant at, String file, int line, String problem, String excerpt) {

  /** The file, with the line when it is known. */
  public String where() {
    return line > 0 ? file + ":" + line : file;
  }

  static RejectedEdit of(Instant at, InvalidRoutes invalid) {
    return new RejectedEdit(
        at, invalid.place().file(), invalid.place().line(), invalid.problem(), invalid.excerpt());
  }
}
