package io.voicegateway.call;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a number is open, by the clock on the wall: an hour that is skipped in spring is missing,
 * one that comes twice in autumn counts twice.
 *
 * @param spans when it is open in a week; none for all the time
 * @param holidays days on which no span begins: {@code 2026-12-25}, or {@code 12-25} for every year
 */
public record Hours(List<Span> spans, ZoneId zone, Set<String> holidays) {

  private static final int YEAR = "2026-".length();

  public Hours {
    spans = List.copyOf(spans);
    holidays = Set.copyOf(holidays);
  }

  /** All the time, by the machine's clock. */
  static Hours always() {
    return new Hours(List.of(), ZoneId.systemDefault(), Set.of());
  }

  /** Whether it is open at that moment. */
  public boolean isOpen(Instant at) {
    LocalDateTime now = LocalDateTime.ofInstant(at, zone);
    LocalDate today = now.toLocalDate();
    if (spans.isEmpty()) {
      return !isHoliday(today);
    }
    LocalTime time = now.toLocalTime();
    return spans.stream()
        .anyMatch(
            span ->
                (begins(span, today) && span.coversFirstDay(time))
                    || (begins(span, today.minusDays(1)) && span.coversNextDay(time)));
  }

  private boolean begins(Span span, LocalDate day) {
    return span.days.contains(day.getDayOfWeek()) && !isHoliday(day);
  }

  private boolean isHoliday(LocalDate day) {
    String date = day.toString();
    return holidays.contains(date) || holidays.contains(date.substring(YEAR));
  }

  /**
   * The same hours on some days of the week.
   *
   * @param until when it ends; on the next day unless that is later than when it begins
   */
  public record Span(Set<DayOfWeek> days, LocalTime from, LocalTime until) {

    private static final List<String> DAYS = List.of("mo", "tu", "we", "th", "fr", "sa", "su");
    private static final String DAY = "(?:mo|tu|we|th|fr|sa|su)";
    private static final Pattern FORM =
        Pattern.compile(
            "(?<days>%1$s(?:-%1$s)?(?:,\\s*%1$s(?:-%1$s)?)*)\\s+(?<from>%2$s)\\s*-\\s*(?<until>%2$s|24:00)"
                .formatted(DAY, "(?:[01]\\d|2[0-3]):[0-5]\\d"));
    private static final String END_OF_DAY = "24:00";

    public Span {
      days = Set.copyOf(days);
    }

    /**
     * Reads {@code Mo-Fr 08:00-18:00}, {@code Sa,Su 10:00-14:00} or {@code Fr 22:00-02:00}.
     *
     * @throws IllegalArgumentException with a sentence that says what it looks like
     */
    public static Span parse(String text) {
      Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
      if (!form.matches() || form.group("from").equals(form.group("until"))) {
        throw new IllegalArgumentException(
            "'%s' must be days and a time from-until such as \"Mo-Fr 08:00-18:00\"; days are Mo Tu"
                    .formatted(text)
                + " We Th Fr Sa Su");
      }
      String until = form.group("until");
      return new Span(
          days(form.group("days")),
          LocalTime.parse(form.group("from")),
          until.equals(END_OF_DAY) ? LocalTime.MIDNIGHT : LocalTime.parse(until));
    }

    private static Set<DayOfWeek> days(String text) {
      Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
      for (String range : text.split(",\\s*", -1)) {
        String[] ends = range.split("-", -1);
        DayOfWeek last = day(ends[ends.length - 1]);
        DayOfWeek day = day(ends[0]);
        days.add(day);
        while (day != last) {
          day = day.plus(1);
          days.add(day);
        }
      }
      return days;
    }

    private static DayOfWeek day(String name) {
      return DayOfWeek.of(DAYS.indexOf(name) + 1);
    }

    private boolean endsNextDay() {
      return !until.isAfter(from);
    }

    private boolean coversFirstDay(LocalTime time) {
      return !time.isBefore(from) && (endsNextDay() || time.isBefore(until));
    }

    private boolean coversNextDay(LocalTime time) {
      return endsNextDay() && time.isBefore(until);
    }
  }
}
