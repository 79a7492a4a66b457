package io.voicegateway.outbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.operator.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The JSON of an order; every method throws a {@link Refusal} for what is wrong in it. */
record Order(JsonNode json) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int BAD_REQUEST = 400;
  private static final int USUAL_RING = 30;
  private static final int SHORTEST_RING = 5;
  private static final int LONGEST_RING = 120;

  /** Reads an order that may have these fields and no others. */
  static Order read(byte @Nullable [] body, Set<String> fields) {
    JsonNode json = json(body);
    List<String> unknown = new ArrayList<>();
    json.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(fields);
    if (!json.isObject() || !unknown.isEmpty()) {
      throw wrong(
          "The body must be a JSON object with some of the fields "
              + String.join(", ", new TreeSet<>(fields))
              + ".");
    }
    return new Order(json);
  }

  private static JsonNode json(byte @Nullable [] body) {
    try {
      JsonNode json = JSON.readTree(body == null ? new byte[0] : body);
      return json == null ? JSON.nullNode() : json;
    } catch (JsonProcessingException noJson) {
      return JSON.nullNode();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static Refusal wrong(String sentence) {
    return new Refusal(BAD_REQUEST, sentence);
  }

  boolean has(String field) {
    return json.hasNonNull(field);
  }

  String text(String field) {
    JsonNode value = json.path(field);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw wrong(field + " must be given, as a text.");
    }
    return value.asText().strip();
  }

  /** How long it may ring. */
  Duration ring() {
    JsonNode seconds = json.path("ringing_timeout");
    if (seconds.isMissingNode() || seconds.isNull()) {
      return Duration.ofSeconds(USUAL_RING);
    }
    if (!seconds.canConvertToInt()
        || seconds.asInt() < SHORTEST_RING
        || seconds.asInt() > LONGEST_RING) {
      throw wrong(
          "ringing_timeout must be whole seconds from %d to %d."
              .formatted(SHORTEST_RING, LONGEST_RING));
    }
    return Duration.ofSeconds(seconds.asInt());
  }

  /** Further fields for the agent. */
  Map<String, Object> metadata() {
    JsonNode own = json.path("metadata");
    if (own.isMissingNode() || own.isNull()) {
      return Map.of();
    }
    if (!own.isObject()) {
      throw wrong("metadata must be a JSON object.");
    }
    return JSON.convertValue(own, new TypeReference<Map<String, Object>>() {});
  }
}
