package io.voicegateway.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a number is open. */
class HoursTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** In November Berlin is an hour ahead of UTC; the 25th of November 2026 is a Wednesday. */
  @ParameterizedTest(name = "{0} at {1}: {2}")
  @CsvSource({
    "Mo-Fr 08:00-18:00,    2026-11-25T06:59:59Z, closed",
    "Mo-Fr 08:00-18:00,    2026-11-25T07:00:00Z, open",
    "Mo-Fr 08:00-18:00,    2026-11-25T16:59:59Z, open",
    "Mo-Fr 08:00-18:00,    2026-11-25T17:00:00Z, closed",
    "Mo-Fr 08:00-18:00,    2026-11-28T10:00:00Z, closed",
    "'Mo,Sa 10:00-14:00',  2026-11-28T10:00:00Z, open",
    "'Mo,Sa 10:00-14:00',  2026-11-27T10:00:00Z, closed",
    "Sa-Mo 10:00-14:00,    2026-11-29T10:00:00Z, open",
    "We 00:00-24:00,       2026-11-24T23:00:00Z, open",
    "We 00:00-24:00,       2026-11-25T22:59:59Z, open",
    "We 00:00-24:00,       2026-11-25T23:00:00Z, closed",
    "We 22:00-02:00,       2026-11-26T00:59:59Z, open",
    "We 22:00-02:00,       2026-11-26T01:00:00Z, closed",
    "We 22:00-02:00,       2026-11-25T00:30:00Z, closed",
    "su 22:00 - 02:00,     2026-11-29T23:30:00Z, open",
  })
  void aSpanIsOpenByTheClockOnTheWall(String span, Instant at, String state) {
    assertThat(state(hours(Set.of(), span), at)).isEqualTo(state);
  }

  /** The clock goes from 02:00 to 03:00 on the 29th of March 2026, back on the 25th of October. */
  @ParameterizedTest(name = "{0} at {1}: {2}")
  @CsvSource({
    "Su 01:30-03:30, 2026-03-29T00:29:59Z, closed",
    "Su 01:30-03:30, 2026-03-29T00:30:00Z, open",
    "Su 01:30-03:30, 2026-03-29T01:29:59Z, open",
    "Su 01:30-03:30, 2026-03-29T01:30:00Z, closed",
    "Su 02:15-02:45, 2026-03-29T01:00:00Z, closed",
    "Su 02:15-02:45, 2026-10-25T00:20:00Z, open",
    "Su 02:15-02:45, 2026-10-25T00:50:00Z, closed",
    "Su 02:15-02:45, 2026-10-25T01:20:00Z, open",
    "Su 02:15-02:45, 2026-10-25T01:50:00Z, closed",
    "Mo 08:00-18:00, 2026-03-30T06:00:00Z, open",
    "Mo 08:00-18:00, 2026-03-30T05:59:59Z, closed",
    "Mo 08:00-18:00, 2026-10-26T06:59:59Z, closed",
    "Mo 08:00-18:00, 2026-10-26T07:00:00Z, open",
  })
  void theChangeOfTheClockIsFollowed(String span, Instant at, String state) {
    assertThat(state(hours(Set.of(), span), at)).isEqualTo(state);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "2026-12-24T22:59:59Z, open",
    "2026-12-24T23:00:00Z, closed",
    "2026-12-25T22:59:59Z, closed",
    "2026-12-25T23:00:00Z, open",
    "2027-12-25T10:00:00Z, closed",
    "2026-12-31T10:00:00Z, closed",
    "2027-12-31T10:00:00Z, open",
  })
  void aHolidayIsAWholeDayByTheClockOnTheWall(Instant at, String state) {
    assertThat(state(hours(Set.of("12-25", "2026-12-31")), at)).isEqualTo(state);
  }

  @Test
  void aNightThatBeganBeforeAHolidayGoesOnAndNoneBeginsOnIt() {
    Hours nights = hours(Set.of("12-25"), "Mo-Su 22:00-06:00");

    assertThat(nights.isOpen(Instant.parse("2026-12-25T04:00:00Z"))).isTrue();
    assertThat(nights.isOpen(Instant.parse("2026-12-25T22:00:00Z"))).isFalse();
    assertThat(nights.isOpen(Instant.parse("2026-12-26T04:00:00Z"))).isFalse();
    assertThat(nights.isOpen(Instant.parse("2026-12-26T22:00:00Z"))).isTrue();
  }

  @Test
  void severalSpansAreOpenTogether() {
    Hours hours = hours(Set.of(), "Mo-Fr 08:00-12:00", "Mo-Fr 13:00-17:00");

    assertThat(hours.isOpen(Instant.parse("2026-11-25T10:59:00Z"))).isTrue();
    assertThat(hours.isOpen(Instant.parse("2026-11-25T11:30:00Z"))).isFalse();
    assertThat(hours.isOpen(Instant.parse("2026-11-25T12:00:00Z"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "08:00-18:00",
        "Mo-Fr",
        "Mo-Fr 8:00-18:00",
        "Mo-Fr 08:00",
        "Mo-Fr 08:00-25:00",
        "Mo-Fr 08:60-18:00",
        "Mo-Fr 24:00-06:00",
        "Mo-Fr 08:00-08:00",
        "Mon-Fri 08:00-18:00",
        "Xx 08:00-18:00",
      })
  void whatIsNoSpanIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> Hours.Span.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Mo-Fr 08:00-18:00");
  }

  private static Hours hours(Set<String> holidays, String... spans) {
    List<Hours.Span> parsed = Stream.of(spans).map(Hours.Span::parse).toList();
    return new Hours(parsed, BERLIN, holidays);
  }

  private static String state(Hours hours, Instant at) {
    return hours.isOpen(at) ? "open" : "closed";
  }
}
