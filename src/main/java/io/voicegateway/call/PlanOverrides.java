package io.voicegateway.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a plan entry that come as plain names and texts: from environment variables, or from
 * the application's variables in Jambonz's portal.
 */
public final class PlanOverrides {

  /** The names that are looked at. */
  public static final Set<String> NAMES =
      Set.of(
          "agent",
          "backup_agent",
          "connect",
          "fallback",
          "country",
          "caller_id",
          "dial_timeout",
          "max_duration");

  private PlanOverrides() {}

  /**
   * The entry as the values {@code agent}, {@code backup_agent}, {@code connect}, {@code fallback},
   * {@code country}, {@code caller_id}, {@code dial_timeout} and {@code max_duration} change it. An
   * empty value says nothing; a wrong one is reported and left out; other names are not looked at.
   */
  public static PlanEntry apply(PlanEntry base, Map<String, ?> values, Consumer<String> problems) {
    if (values.isEmpty()) {
      return base;
    }
    return new PlanText(
            null,
            null,
            text(values, "agent"),
            text(values, "backup_agent"),
            text(values, "connect"),
            node(values, "fallback"),
            node(values, "caller_id"),
            node(values, "dial_timeout"),
            node(values, "max_duration"),
            null,
            null,
            null,
            text(values, "country"))
        .refine(base, AgentFrom.OVERRIDE, problems);
  }

  private static @Nullable JsonNode node(Map<String, ?> values, String name) {
    String text = text(values, name);
    return text == null ? null : TextNode.valueOf(text);
  }

  private static @Nullable String text(Map<String, ?> values, String name) {
    Object value = values.get(name);
    String text = value == null ? "" : value.toString().strip();
    return text.isEmpty() ? null : text;
  }
}
