package io.voicegateway.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A plan entry's limits as an operator wrote them; null where nothing is said. */
record LimitsText(
    @Nullable JsonNode hours,
    @Nullable JsonNode timeZone,
    @Nullable JsonNode holidays,
    @Nullable JsonNode closed,
    @Nullable JsonNode agentShare,
    @Nullable JsonNode mostCalls) {

  static final String KEYS = "hours, time-zone, holidays, closed, agent-share, most-calls";

  private static final Pattern YEARLY = Pattern.compile("\\d\\d-\\d\\d");
  private static final int MOST_CALLS = 100_000;

  /** Takes the keys of the limits out of an entry. */
  static LimitsText takenFrom(ObjectNode entry) {
    return new LimitsText(
        entry.remove("hours"),
        entry.remove("time-zone"),
        entry.remove("holidays"),
        entry.remove("closed"),
        entry.remove("agent-share"),
        entry.remove("most-calls"));
  }

  /**
   * What it says of a number; what it says wrongly is reported and left out.
   *
   * @param base what holds where it says nothing
   */
  Limits read(Limits base, Consumer<String> problems) {
    if (base.hours() == null && hours == null && holidays == null) {
      pointless("time-zone", timeZone, problems);
      pointless("closed", closed, problems);
    }
    return refine(base, problems);
  }

  /** The same of all numbers, of which each may have hours of its own. */
  Limits readForAll(Consumer<String> problems) {
    return refine(Limits.NONE, problems);
  }

  private Limits refine(Limits base, Consumer<String> problems) {
    return new Limits(
        openAt(base.hours(), problems),
        PlanText.said(closed, base.closed(), LimitsText::closed, "closed", problems),
        said(
            agentShare,
            base.agentShare(),
            share -> number(share, 0, Limits.WHOLE_SHARE),
            "agent-share",
            problems),
        said(
            mostCalls,
            base.mostCalls(),
            most -> number(most, 1, MOST_CALLS),
            "most-calls",
            problems));
  }

  private @Nullable Hours openAt(@Nullable Hours base, Consumer<String> problems) {
    if (base == null && hours == null && holidays == null && timeZone == null) {
      return null;
    }
    Hours always = base == null ? Hours.always() : base;
    return new Hours(
        said(hours, always.spans(), texts -> texts(texts, Hours.Span::parse), "hours", problems),
        said(timeZone, always.zone(), LimitsText::zone, "time-zone", problems),
        said(
            holidays,
            always.holidays(),
            days -> Set.copyOf(texts(days, LimitsText::day)),
            "holidays",
            problems));
  }

  private static void pointless(String key, @Nullable JsonNode text, Consumer<String> problems) {
    if (text != null) {
      problems.accept(key + ": says nothing without hours or holidays");
    }
  }

  private static <T> T said(
      @Nullable JsonNode text,
      T otherwise,
      Function<JsonNode, T> reader,
      String key,
      Consumer<String> problems) {
    T said = PlanText.said(text, otherwise, reader, key, problems);
    return said == null ? otherwise : said;
  }

  private static String day(String day) {
    try {
      return YEARLY.matcher(day).matches()
          ? MonthDay.parse("--" + day).toString().substring("--".length())
          : LocalDate.parse(day).toString();
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException(
          "'%s' must be a day such as \"2026-12-25\", or \"12-25\" for every year".formatted(day),
          wrong);
    }
  }

  private static ZoneId zone(JsonNode name) {
    try {
      return ZoneId.of(name.asText());
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException(
          "'%s' is no time zone such as Europe/Berlin".formatted(name.asText()), wrong);
    }
  }

  private static Ladder closed(JsonNode rungs) {
    Ladder ladder = PlanText.ladder(rungs);
    if (!ladder.withoutAgent().equals(ladder)) {
      throw new IllegalArgumentException("must not lead to the agent, as dial-anyway does");
    }
    return ladder;
  }

  private static int number(JsonNode value, int least, int most) {
    int number = value.asText().matches("\\d{1,6}") ? Integer.parseInt(value.asText()) : -1;
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          "must be a whole number from %d to %d".formatted(least, most));
    }
    return number;
  }

  private static <T> List<T> texts(JsonNode list, Function<String, T> reader) {
    List<T> texts = new ArrayList<>();
    list.forEach(text -> texts.add(reader.apply(text.asText())));
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("must be a list of texts in quotes");
    }
    return texts;
  }
}
