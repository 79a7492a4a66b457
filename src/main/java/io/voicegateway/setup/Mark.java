package io.voicegateway.setup;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * By which a trunk or rule is known as ours: a JSON object in its metadata, with the time when it
 * was made, because LiveKit does not tell that.
 */
final class Mark {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String BY = "managed_by";
  private static final String AT = "made_at";
  private static final String RULE = "adopted_rule";
  private static final String OURS = "voice-gateway";

  private Mark() {}

  static String made(Instant at) {
    try {
      return JSON.writeValueAsString(new TreeMap<>(Map.of(BY, OURS, AT, at.toString())));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static boolean isOn(String metadata) {
    JsonNode fields = fields(metadata);
    return fields != null && fields.path(BY).asText().equals(OURS);
  }

  /** The same mark, with the id of a rule that is not ours and was adopted; empty for none. */
  static String adopting(String metadata, String ruleId) {
    ObjectNode fields = JSON.createObjectNode();
    if (fields(metadata) instanceof ObjectNode stored) {
      fields.setAll(stored);
    }
    fields.remove(RULE);
    return (ruleId.isEmpty() ? fields : fields.put(RULE, ruleId)).toString();
  }

  /** The id of the rule that was adopted, empty for none. */
  static String adoptedRule(String metadata) {
    JsonNode fields = isOn(metadata) ? fields(metadata) : null;
    return fields == null ? "" : fields.path(RULE).asText();
  }

  /** Those of ours among some, the eldest first; two setups agree on which that is. */
  static <T> List<T> eldestFirst(
      List<T> all, Function<T, String> metadata, Function<T, String> id) {
    return all.stream()
        .filter(one -> isOn(metadata.apply(one)))
        .sorted(comparing((T one) -> madeAt(metadata.apply(one))).thenComparing(id))
        .toList();
  }

  /** When it was made; long ago when that cannot be read. */
  static Instant madeAt(String metadata) {
    JsonNode fields = fields(metadata);
    try {
      return fields == null ? Instant.EPOCH : Instant.parse(fields.path(AT).asText());
    } catch (DateTimeParseException unknown) {
      return Instant.EPOCH;
    }
  }

  private static @Nullable JsonNode fields(String metadata) {
    try {
      return JSON.readTree(metadata);
    } catch (JsonProcessingException foreign) {
      return null;
    }
  }
}
