package io.voicegateway.jambonz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges an answer as Jambonz would before a caller hears of it. Jambonz refuses a whole answer,
 * and the caller with a 480, for one unknown property or null (verb-specifications 0.1).
 */
public final class VerbRules {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern SIP_ADDRESS = Pattern.compile("sips?:[^@]+@[^@]+");

  private final JsonNode rules;

  public VerbRules() {
    try (InputStream yaml = VerbRules.class.getResourceAsStream("/jambonz/verbs.yaml")) {
      rules = new YAMLMapper().readTree(yaml);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Why Jambonz would refuse this answer to a call hook; empty when it would run it. */
  public Optional<String> refusal(String answer) {
    JsonNode verbs;
    try {
      verbs = JSON.readTree(answer);
    } catch (JsonProcessingException notJson) {
      return Optional.of("the answer is not JSON");
    }
    if (verbs == null || !verbs.isArray() || verbs.isEmpty()) {
      return Optional.of("the answer must be a list with at least one verb");
    }
    for (JsonNode verb : verbs) {
      String refusal = verb(verb);
      if (refusal != null) {
        return Optional.of(refusal);
      }
    }
    return Optional.empty();
  }

  private @Nullable String verb(JsonNode verb) {
    String name = verb.path("verb").asText();
    JsonNode rule = rules.path(name);
    if (name.startsWith("#") || rule.isMissingNode()) {
      return name.isEmpty() ? "a verb has no 'verb' property" : "unknown verb " + name;
    }
    return rule.isTextual() ? null : properties(name, verb, rule);
  }

  private @Nullable String properties(String name, JsonNode object, JsonNode rule) {
    for (var property : object.properties()) {
      String key = property.getKey();
      JsonNode type = rule.has(key) ? rule.get(key) : rule.path(key + "!");
      if (!key.equals("verb") && type.isMissingNode()) {
        return name + ": unknown property " + key;
      }
      String refusal =
          type.isMissingNode() ? null : value(name + "." + key, property.getValue(), type.asText());
      if (refusal != null) {
        return refusal;
      }
    }
    for (var property : rule.properties()) {
      String key = property.getKey();
      if (key.endsWith("!") && !object.has(key.substring(0, key.length() - 1))) {
        return name + ": " + key.substring(0, key.length() - 1) + " is missing";
      }
    }
    return name.equals("#target") ? target(object) : null;
  }

  private @Nullable String value(String name, JsonNode value, String type) {
    if (type.startsWith("[#")) {
      return list(name, value, type.substring(1, type.length() - 1));
    }
    if (type.startsWith("#")) {
      return value.isObject()
          ? properties(type, value, rules.path(type))
          : name + " must be an object";
    }
    for (String one : type.split("\\|", -1)) {
      if (is(value, one)) {
        return null;
      }
    }
    return name + " must be " + type.replace("|", " or ");
  }

  private @Nullable String list(String name, JsonNode value, String type) {
    if (!value.isArray() || value.isEmpty()) {
      return name + " must be a list with at least one entry";
    }
    for (JsonNode entry : value) {
      String refusal = value(name, entry, type);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  /** Jambonz lets this pass and fails when it dials. */
  private static @Nullable String target(JsonNode target) {
    boolean sip = target.path("type").asText().equals("sip");
    return sip && !SIP_ADDRESS.matcher(target.path("sipUri").asText()).matches()
        ? "dial: a sip target needs a sipUri such as sip:user@host"
        : null;
  }

  private static boolean is(JsonNode value, String type) {
    return switch (type) {
      case "string" -> value.isTextual();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      default -> false;
    };
  }
}
