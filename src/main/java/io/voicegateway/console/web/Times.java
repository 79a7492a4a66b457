package io.voicegateway.console.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times for people, in UTC as in the log and on the command line. */
final class Times {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM, HH:mm:ss");
  private static final long SECOND = 1000;

  private Times() {}

  /** A time of today, or with its day. */
  static String of(Instant at, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    boolean isToday = LocalDate.ofInstant(at, ZoneOffset.UTC).equals(today);
    return (isToday ? TIME : DAY).withLocale(Locale.ENGLISH).format(at.atOffset(ZoneOffset.UTC));
  }

  /** How long ago, or how long until then, in one word and a unit. */
  static String between(Instant from, Instant to) {
    Duration time = Duration.between(from, to);
    if (time.toMinutes() < 1) {
      return "under a minute";
    }
    if (time.toHours() < 1) {
      return time.toMinutes() + " min";
    }
    return time.toDays() < 2 ? time.toHours() + " h" : time.toDays() + " days";
  }

  /** A span that is known to the millisecond. */
  static String since(long ms) {
    return ms < SECOND ? ms + " ms" : String.format(Locale.ROOT, "%.1f s", ms / (double) SECOND);
  }

  /** Of a talk; empty when there was none. */
  static String talk(@Nullable Long ms) {
    if (ms == null) {
      return "";
    }
    long seconds = ms / SECOND;
    return "%d:%02d".formatted(seconds / 60, seconds % 60);
  }
}
