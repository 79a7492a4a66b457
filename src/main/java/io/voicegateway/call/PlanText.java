package io.voicegateway.call;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A plan entry as an operator or Jambonz's portal wrote it; null where nothing is said.
 *
 * @param fallback a comma separated text or a list of texts
 */
record PlanText(
    @Nullable JsonNode number,
    @Nullable String project,
    @Nullable String agent,
    @JsonProperty("backup-agent") @Nullable String backupAgent,
    @Nullable String connect,
    @Nullable JsonNode fallback,
    @JsonProperty("caller-id") @Nullable JsonNode callerId,
    @JsonProperty("dial-timeout") @Nullable JsonNode dialTimeout,
    @JsonProperty("max-duration") @Nullable JsonNode maxDuration,
    @Nullable String ringback,
    @Nullable Map<String, String> headers,
    @Nullable Map<String, Object> metadata,
    @Nullable String country) {

  static final String KEYS =
      "number, project, agent, backup-agent, connect, fallback, caller-id, dial-timeout, max-duration, ringback,"
          + " headers, metadata, country";

  private static final Pattern AGENT = Pattern.compile("[^\\s\\p{Cc}]{1,128}");
  private static final Pattern CALLER_ID = Pattern.compile("[+A-Za-z0-9._-]{1,64}");
  private static final Pattern HEADER = Pattern.compile("X-[A-Za-z0-9-]{1,62}");
  private static final Pattern RESERVED =
      Pattern.compile(
          "(?i)x-(gateway-.*|call-sid|cid|(account|application|voip-carrier|requested-carrier)-sid"
              + "|sip-proxy|jambonz-.*|preferred-.*|trace-id|forwarded-for|originating-carrier"
              + "|authenticated-user)");
  private static final Pattern SOUND = Pattern.compile("(tone_stream|https?)://\\S+");

  /**
   * The entry that this text makes of another one: what it says, and the rest as it was. What it
   * says wrongly is reported and left as it was.
   *
   * @param from who wrote it
   */
  PlanEntry refine(PlanEntry base, AgentFrom from, Consumer<String> problems) {
    String ownCountry = said(country, base.country(), PlanText::country, "country", problems);
    return new PlanEntry(
        base.number(),
        project == null ? base.project() : project.strip(),
        firstNonNull(said(agent, base.agent(), PlanText::agent, "agent", problems), base.agent()),
        agent == null ? base.agentFrom() : from,
        said(backupAgent, base.backupAgent(), PlanText::agent, "backup-agent", problems),
        firstNonNull(
            said(connect, base.connect(), Connect::parse, "connect", problems), base.connect()),
        firstNonNull(
            said(fallback, base.fallback(), PlanText::ladder, "fallback", problems),
            base.fallback()),
        said(callerId, base.callerId(), PlanText::callerId, "caller-id", problems),
        firstNonNull(
            said(
                dialTimeout,
                base.dialTimeoutSeconds(),
                seconds -> seconds(seconds, 5, 120),
                "dial-timeout",
                problems),
            base.dialTimeoutSeconds()),
        firstNonNull(
            said(
                maxDuration,
                base.longestSeconds(),
                seconds -> seconds(seconds, 10, 86_400),
                "max-duration",
                problems),
            base.longestSeconds()),
        firstNonNull(
            said(ringback, base.ringback(), PlanText::tone, "ringback", problems), base.ringback()),
        firstNonNull(
            said(headers, base.headers(), PlanText::headers, "headers", problems), base.headers()),
        firstNonNull(
            said(metadata, base.metadata(), PlanText::metadata, "metadata", problems),
            base.metadata()),
        ownCountry,
        base.limits());
  }

  private static <T> T firstNonNull(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  static <S, T> @Nullable T said(
      @Nullable S text,
      @Nullable T otherwise,
      Function<S, T> reader,
      String key,
      Consumer<String> problems) {
    if (text == null) {
      return otherwise;
    }
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException wrong) {
      problems.accept(key + ": " + wrong.getMessage());
      return otherwise;
    }
  }

  private static String agent(String name) {
    return matching(AGENT, name, "must be a name without blanks, at most 128 characters");
  }

  private static String country(String code) {
    if (!NumberFormat.isCountry(code)) {
      throw new IllegalArgumentException(
          "'" + code + "' is no ISO 3166 country code such as DE or US");
    }
    return code.toUpperCase(Locale.ROOT);
  }

  static Ladder ladder(JsonNode rungs) {
    if (rungs.isTextual()) {
      return Ladder.parse(rungs.asText());
    }
    List<String> texts = new ArrayList<>();
    rungs.forEach(rung -> texts.add(rung.asText()));
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("must be a list of rungs");
    }
    return Ladder.of(texts);
  }

  private static String callerId(JsonNode number) {
    if (!number.isTextual()) {
      throw new IllegalArgumentException("must stand in quotes, YAML drops the plus otherwise");
    }
    return matching(CALLER_ID, number.asText(), "must be a number such as \"+15550001000\"");
  }

  private static int seconds(JsonNode value, int least, int most) {
    int seconds = value.asInt(-1);
    if (seconds < least || seconds > most) {
      throw new IllegalArgumentException(
          "must be whole seconds from %d to %d".formatted(least, most));
    }
    return seconds;
  }

  private static String tone(String name) {
    for (Ringback tone : Ringback.values()) {
      if (tone.name().equalsIgnoreCase(name)) {
        return tone.tone();
      }
    }
    return matching(SOUND, name, "must be us, eu, uk, a tone_stream:// or an http(s) address");
  }

  private static Map<String, String> headers(Map<String, String> headers) {
    headers.forEach(
        (name, value) -> {
          if (!HEADER.matcher(name).matches() || RESERVED.matcher(name).matches()) {
            throw new IllegalArgumentException(
                "'"
                    + name
                    + "' must begin with X- and not be one that the gateway or Jambonz sets");
          }
          if (value == null
              || value.length() > 256
              || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                "'" + name + "' must be one line of at most 256 characters");
          }
        });
    return headers;
  }

  private static Map<String, Object> metadata(Map<String, Object> fields) {
    if (fields.containsValue(null)) {
      throw new IllegalArgumentException("every field must have a value");
    }
    return fields;
  }

  private static String matching(Pattern form, String text, String rule) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException(rule);
    }
    return text;
  }
}
