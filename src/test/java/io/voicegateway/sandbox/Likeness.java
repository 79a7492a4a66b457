package io.voicegateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Compares an answer of the sandbox with the recorded one: same fields, same texts, own ids. */
final class Likeness {
  /** Fields LiveKit has and the messages of the SDK do not. */
  private static final Set<String> UNKNOWN_TO_THE_SDK =
      Set.of(
          "media",
          "auth_realm",
          "deployment",
          "attributes",
          "capabilities",
          "enable_redaction",
          "from_host");

  /** Values that differ from run to run. */
  private static final Set<String> OF_THE_MOMENT =
      Set.of(
          "creation_time",
          "creation_time_ms",
          "created_at",
          "started_at",
          "updated_at",
          "joined_at",
          "joined_at_ms",
          "turn_password",
          "sip.callIDFull",
          "sip.callTag");

  /** Details of media negotiation, and counters LiveKit updates when it finds time. */
  private static final Set<String> NOT_SIMULATED =
      Set.of("codecs", "mid", "version", "num_publishers");

  private Likeness() {}

  static void check(String where, JsonNode recorded, JsonNode actual) {
    if (recorded.isObject()) {
      assertThat(actual.isObject()).as(where).isTrue();
      checkFields(where, recorded, actual);
    } else if (recorded.isArray()) {
      checkElements(where, sorted(recorded), sorted(actual));
    } else {
      assertThat(type(actual)).as(where).isEqualTo(type(recorded));
      assertThat(withoutIds(actual.asText())).as(where).isEqualTo(withoutIds(recorded.asText()));
    }
  }

  private static void checkFields(String where, JsonNode recorded, JsonNode actual) {
    actual
        .fieldNames()
        .forEachRemaining(name -> assertThat(recorded.has(name)).as(where + "." + name).isTrue());
    recorded
        .properties()
        .forEach(
            field -> {
              String name = field.getKey();
              JsonNode value = actual.path(name);
              if (value.isMissingNode()) {
                assertThat(mayBeAbsent(name, field.getValue()))
                    .as(where + "." + name + " is missing")
                    .isTrue();
              } else if (OF_THE_MOMENT.contains(name)) {
                assertThat(type(value)).as(where + "." + name).isEqualTo(type(field.getValue()));
              } else if (!NOT_SIMULATED.contains(name)) {
                check(where + "." + name, field.getValue(), value);
              }
            });
  }

  private static boolean mayBeAbsent(String name, JsonNode value) {
    return value instanceof NullNode
        || UNKNOWN_TO_THE_SDK.contains(name)
        || NOT_SIMULATED.contains(name);
  }

  private static void checkElements(String where, List<JsonNode> recorded, List<JsonNode> actual) {
    assertThat(actual).as(where).hasSameSizeAs(recorded);
    for (int i = 0; i < recorded.size(); i++) {
      check(where + "[" + i + "]", recorded.get(i), actual.get(i));
    }
  }

  /** Lists come in the order of ids, which is another one each time. */
  private static List<JsonNode> sorted(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    elements.sort(
        Comparator.comparing(
            element ->
                element.path("name").asText() + withoutIds(element.path("trunk_ids").toString())));
    return elements;
  }

  private static JsonNodeType type(JsonNode node) {
    return node.getNodeType();
  }

  private static String withoutIds(String text) {
    return text.replaceAll("\\b(ST|SDR|RM|AD|AJ|AW|PA|SCL)_[A-Za-z0-9]{12}\\b", "$1_#")
        .replaceAll("\\bTR_AM[A-Za-z0-9]+", "TR_#")
        .replaceAll("\\beyJ[\\w.-]+", "TOKEN");
  }
}
