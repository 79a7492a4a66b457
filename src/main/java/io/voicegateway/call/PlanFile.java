package io.voicegateway.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code gateway.numbers} and {@code gateway.limits} of application.yaml, strictly: a typing
 * error must not pass.
 */
public final class PlanFile {

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final Pattern NUMBER = Pattern.compile("[+*#A-Za-z0-9._-]{0,64}\\*?");

  private PlanEntry standard;
  private final UnaryOperator<String> placeholders;
  private final Set<String> projects;
  private final List<String> problems = new ArrayList<>();

  private PlanFile(PlanEntry standard, UnaryOperator<String> placeholders, Set<String> projects) {
    this.projects = projects;
    this.standard = standard;
    this.placeholders = placeholders;
  }

  /**
   * Reads the plan; a file that does not exist is an empty plan.
   *
   * @param standard what an entry says where it says nothing itself
   * @param placeholders resolves {@code ${NAME}} in texts
   * @param projects the names that entries and rungs may name
   * @throws InvalidPlan with one sentence for each wrong entry
   */
  public static NumberPlan read(
      Path file, PlanEntry standard, UnaryOperator<String> placeholders, Set<String> projects) {
    PlanFile reader = new PlanFile(standard, placeholders, projects);
    JsonNode gateway = reader.gateway(file);
    Limits forAll = reader.limits(gateway.path("limits"));
    reader.standard = standard.withLimits(forAll.ofEach());
    NumberPlan plan = reader.plan(reader.numbers(gateway), forAll.mostCalls());
    if (!reader.problems.isEmpty()) {
      throw new InvalidPlan(reader.problems);
    }
    return plan;
  }

  private JsonNode gateway(Path file) {
    if (!Files.exists(file)) {
      return YAML.missingNode();
    }
    try {
      return YAML.readTree(file.toFile()).path("gateway");
    } catch (JsonProcessingException wrong) {
      problems.add(
          "%s, line %d: %s"
              .formatted(file, wrong.getLocation().getLineNr(), wrong.getOriginalMessage()));
    } catch (IOException unreadable) {
      problems.add(file + " cannot be read: " + unreadable.getMessage());
    }
    return YAML.missingNode();
  }

  private JsonNode numbers(JsonNode gateway) {
    if (gateway.has("number")) {
      problems.add("gateway.number is not known: it must be gateway.numbers");
    }
    JsonNode numbers = gateway.path("numbers");
    if (numbers.isArray() || numbers.isMissingNode() || numbers.isNull()) {
      return resolved(numbers);
    }
    problems.add("gateway.numbers must be a list: '- number: \"+15550001000\"' and so on");
    return YAML.createArrayNode();
  }

  /** What holds for all numbers; its most calls are those of all together. */
  private Limits limits(JsonNode said) {
    if (said.isMissingNode() || said.isNull()) {
      return Limits.NONE;
    }
    if (!(resolved(said) instanceof ObjectNode fields)) {
      problems.add("gateway.limits: must be some of the keys " + LimitsText.KEYS);
      return Limits.NONE;
    }
    Limits limits =
        LimitsText.takenFrom(fields)
            .readForAll(problem -> problems.add("gateway.limits." + problem));
    fields
        .fieldNames()
        .forEachRemaining(
            key ->
                problems.add(
                    "gateway.limits: unknown key '%s'; known are %s"
                        .formatted(key, LimitsText.KEYS)));
    return limits;
  }

  private NumberPlan plan(JsonNode numbers, int mostCalls) {
    List<PlanEntry> entries = new ArrayList<>();
    PlanEntry rest = standard;
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < numbers.size(); i++) {
      PlanEntry entry = entry(numbers.get(i), "gateway.numbers[" + i + "]");
      if (entry == null) {
        continue;
      }
      if (!seen.add(entry.number())) {
        problems.add("gateway.numbers[%d]: %s stands twice".formatted(i, entry.label()));
      } else if (entry.number().equals(PlanEntry.ANY)) {
        rest = entry;
      } else {
        entries.add(entry);
      }
    }
    return new NumberPlan(entries, rest, mostCalls);
  }

  private @Nullable PlanEntry entry(JsonNode node, String where) {
    if (!(node instanceof ObjectNode fields)) {
      problems.add(where + ": must be an entry with a number and its keys");
      return null;
    }
    try {
      Limits limits =
          LimitsText.takenFrom(fields)
              .read(standard.limits(), problem -> problems.add(where + "." + problem));
      PlanText text = YAML.treeToValue(fields, PlanText.class);
      PlanEntry entry =
          text.refine(standard, AgentFrom.PLAN, problem -> problems.add(where + "." + problem));
      entry.unknownProjects(projects).forEach(problem -> problems.add(where + "." + problem));
      return numbered(entry, text.number(), limits, where);
    } catch (UnrecognizedPropertyException unknown) {
      problems.add(
          "%s: unknown key '%s'; known are %s"
              .formatted(where, unknown.getPropertyName(), PlanText.KEYS + ", " + LimitsText.KEYS));
    } catch (JsonProcessingException wrong) {
      problems.add(where + ": " + Mask.text(wrong.getOriginalMessage()));
    }
    return null;
  }

  private @Nullable PlanEntry numbered(
      PlanEntry entry, @Nullable JsonNode number, Limits limits, String where) {
    if (number == null || !number.isTextual() || number.asText().isBlank()) {
      problems.add(where + ".number: must be given and stand in quotes: \"+15550001000\"");
      return null;
    }
    String normal = normal(number.asText().strip(), entry.country());
    boolean national = normal.endsWith(PlanEntry.ANY) && normal.startsWith("0");
    if (!NUMBER.matcher(normal).matches() || (national && entry.country() != null)) {
      problems.add(
          where + ".number: must be a number, a prefix such as \"+4930*\", a SIP user or \"*\"");
      return null;
    }
    return entry.of(normal, limits);
  }

  /** A prefix has no country's form: it is compared with numbers that have one. */
  private static String normal(String number, @Nullable String country) {
    if (number.endsWith(PlanEntry.ANY)) {
      return number.startsWith("+") ? number.replaceAll("[ ().\\-/]", "") : number;
    }
    return NumberFormat.party(number, country).number();
  }

  private JsonNode resolved(JsonNode node) {
    if (node.isTextual()) {
      return TextNode.valueOf(placeholders.apply(node.asText()));
    }
    if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(resolved(field.getValue())));
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, resolved(array.get(i)));
      }
    }
    return node;
  }
}
