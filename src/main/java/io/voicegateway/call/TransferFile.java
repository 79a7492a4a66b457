package io.voicegateway.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code gateway.extensions} and {@code gateway.transfers} of application.yaml, strictly: a
 * typing error must not open the way to more numbers than were meant.
 */
final class TransferFile {

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Set<String> KEYS = Set.of("by", "allow");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern PREFIX = Pattern.compile("\\+\\d{0,15}");
  private static final Pattern HOST =
      Pattern.compile("(?:sips?:\\*)?@([A-Za-z0-9][A-Za-z0-9.-]{0,252}(?::\\d{1,5})?)");

  private static final String WRONG_ENTRY =
      "gateway.transfers.allow: '%s' must be the beginning of a number such as \"+4930\", or a host"
          + " such as \"@pbx.example.com\"; both stand in quotes";

  private final UnaryOperator<String> placeholders;
  private final List<String> problems = new ArrayList<>();

  private TransferFile(UnaryOperator<String> placeholders) {
    this.placeholders = placeholders;
  }

  /**
   * Reads the rules; a file that does not exist has none.
   *
   * @param placeholders resolves {@code ${NAME}} in texts
   * @throws InvalidPlan with one sentence for each thing that is wrong
   */
  static TransferRules read(Path file, UnaryOperator<String> placeholders) {
    TransferFile reader = new TransferFile(placeholders);
    TransferRules rules = reader.rules(gateway(file));
    if (!reader.problems.isEmpty()) {
      throw new InvalidPlan(reader.problems);
    }
    return rules;
  }

  /** What is wrong with the file as a whole is said by {@link PlanFile}. */
  private static JsonNode gateway(Path file) {
    try {
      return Files.exists(file)
          ? YAML.readTree(file.toFile()).path("gateway")
          : MissingNode.getInstance();
    } catch (IOException unreadable) {
      return MissingNode.getInstance();
    }
  }

  private TransferRules rules(JsonNode gateway) {
    misspelt(gateway, "extension", "extensions");
    misspelt(gateway, "transfer", "transfers");
    JsonNode transfers = gateway.path("transfers");
    checkKeys(transfers);
    List<String> prefixes = new ArrayList<>();
    Set<String> hosts = new HashSet<>();
    allow(transfers.path("allow"), prefixes, hosts);
    return new TransferRules(
        extensions(gateway.path("extensions")), prefixes, hosts, way(transfers.path("by")));
  }

  private void misspelt(JsonNode gateway, String wrong, String right) {
    if (gateway.has(wrong)) {
      problems.add("gateway.%s is not known: it must be gateway.%s".formatted(wrong, right));
    }
  }

  private void checkKeys(JsonNode transfers) {
    if (!isAbsent(transfers) && !transfers.isObject()) {
      problems.add("gateway.transfers must have the keys by and allow");
    }
    transfers
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                problems.add(
                    "gateway.transfers: unknown key '%s'; known are by, allow".formatted(key));
              }
            });
  }

  private Map<String, Rung.DialPerson> extensions(JsonNode names) {
    Map<String, Rung.DialPerson> extensions = new HashMap<>();
    if (!isAbsent(names) && !names.isObject()) {
      problems.add("gateway.extensions must be names with their numbers: sales: \"+493012345671\"");
    }
    names.properties().forEach(entry -> extension(entry.getKey(), entry.getValue(), extensions));
    return extensions;
  }

  private void extension(String name, JsonNode value, Map<String, Rung.DialPerson> extensions) {
    String where = "gateway.extensions." + name + ": ";
    if (!NAME.matcher(name).matches()) {
      problems.add(where + "a name has letters, digits, dots and dashes, at most 64");
    } else if (!value.isTextual()) {
      problems.add(where + "must stand in quotes, YAML drops the plus otherwise");
    } else if (extensions.put(name.toLowerCase(Locale.ROOT), person(where, text(value))) != null) {
      problems.add(where + "stands twice");
    }
  }

  private Rung.DialPerson person(String where, String target) {
    try {
      return (Rung.DialPerson) RungText.parse("dial:" + target);
    } catch (IllegalArgumentException wrong) {
      problems.add(where + "must be a number such as \"+493012345671\" or sip:user@host");
      return new Rung.DialPerson("");
    }
  }

  private void allow(JsonNode allow, List<String> prefixes, Set<String> hosts) {
    if (!isAbsent(allow) && !allow.isArray()) {
      problems.add("gateway.transfers.allow must be a list: [\"+4930\", \"@pbx.example.com\"]");
    }
    allow.forEach(entry -> prefixOrHost(entry, prefixes, hosts));
  }

  private void prefixOrHost(JsonNode entry, List<String> prefixes, Set<String> hosts) {
    String text = entry.isTextual() ? text(entry) : "";
    Matcher host = HOST.matcher(text);
    if (PREFIX.matcher(text).matches()) {
      prefixes.add(text);
    } else if (host.matches()) {
      hosts.add(host.group(1).toLowerCase(Locale.ROOT));
    } else {
      problems.add(WRONG_ENTRY.formatted(Mask.text(entry.asText())));
    }
  }

  private TransferRules.Way way(JsonNode by) {
    String text = isAbsent(by) ? "dial" : text(by);
    for (TransferRules.Way way : TransferRules.Way.values()) {
      if (way.name().toLowerCase(Locale.ROOT).equals(text)) {
        return way;
      }
    }
    problems.add("gateway.transfers.by must be dial or refer");
    return TransferRules.Way.DIAL;
  }

  private String text(JsonNode node) {
    return placeholders.apply(node.asText()).strip();
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }
}
