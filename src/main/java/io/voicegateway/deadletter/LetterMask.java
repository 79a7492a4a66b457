package io.voicegateway.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.voicegateway.call.Mask;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The original of a letter as everybody but the operator sees it. */
final class LetterMask {

  private static final JsonMapper JSON = new JsonMapper();

  /** Whom a hook names; a SIP user's name is no number. */
  private static final Set<String> PARTIES = Set.of("from", "to", "caller_name", "caller_id");

  /** Where LiveKit says when something was, in seconds or milliseconds since 1970. */
  private static final Pattern TIMES =
      Pattern.compile(
          "(?:created|joined|started|ended|updated)(?:At|_at|AtMs|_at_ms)|creationTime(?:Ms)?");

  private static final Pattern SINCE_1970 = Pattern.compile("1[5-9]\\d{8}(?:\\d{3})?");

  /** The application's variables, among which may be keys and passwords. */
  private static final String SETTINGS = "env_vars";

  /** The same in what is no JSON. */
  private static final Pattern SETTINGS_IN_TEXT =
      Pattern.compile("(\"env_vars\"\\s*:\\s*)\\{[^}]*}");

  /** Up to a quote that is no part of the name, or to where the text is cut off. */
  private static final Pattern PARTIES_IN_TEXT =
      Pattern.compile(
          "(?s)(\"(?:%s)\"\\s*:\\s*\")([^\"].*?)(?<!\\\\)(?=\"|\\z)"
              .formatted(String.join("|", PARTIES)));

  private static final String HIDDEN = "…";

  private LetterMask() {}

  /** Without settings, its numbers, names and tokens masked. */
  static String text(String original) {
    try {
      JsonNode json = JSON.readTree(original);
      return json.isContainerNode() ? masked(json).toString() : asText(original);
    } catch (JsonProcessingException noJson) {
      return asText(original);
    }
  }

  private static String asText(String original) {
    String withoutSettings = SETTINGS_IN_TEXT.matcher(original).replaceAll("$1{…}");
    return Mask.text(
        PARTIES_IN_TEXT
            .matcher(withoutSettings)
            .replaceAll(
                party -> Matcher.quoteReplacement(party.group(1) + Mask.tail(party.group(2)))));
  }

  private static JsonNode masked(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode hidden = JSON.createObjectNode();
      object
          .properties()
          .forEach(
              field ->
                  hidden.set(Mask.text(field.getKey()), masked(field.getKey(), field.getValue())));
      return hidden;
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, masked(array.get(i)));
      }
    } else if (node.isTextual() || node.isNumber()) {
      String text = node.asText();
      String hidden = Mask.text(text);
      return hidden.equals(text) ? node : TextNode.valueOf(hidden);
    }
    return node;
  }

  private static JsonNode masked(String name, JsonNode value) {
    if (name.equals(SETTINGS)) {
      return TextNode.valueOf(HIDDEN);
    }
    if (TIMES.matcher(name).matches() && SINCE_1970.matcher(value.asText()).matches()) {
      return value;
    }
    return value.isTextual() && PARTIES.contains(name)
        ? TextNode.valueOf(value.asText().isEmpty() ? "" : Mask.tail(value.asText()))
        : masked(value);
  }
}
