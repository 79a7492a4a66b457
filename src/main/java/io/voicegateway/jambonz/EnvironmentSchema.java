package io.voicegateway.jambonz;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.voicegateway.call.NumberPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The fields that Jambonz's portal shows for an application of ours; it asks with OPTIONS and sends
 * what was filled in as {@code env_vars} of each new call (docs.jambonz.org, "Application
 * Environment Variables").
 */
@Component("environmentSchema")
final class EnvironmentSchema {

  /** One field of the portal's form. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Field(
      String type,
      String description,
      boolean required,
      @JsonProperty("default") @Nullable Object preset) {}

  private final NumberPlan plan;

  EnvironmentSchema(NumberPlan plan) {
    this.plan = plan;
  }

  /** Name and field, in the order of the form. */
  Map<String, Field> fields() {
    Map<String, Field> fields = new LinkedHashMap<>();
    fields.put(
        "agent",
        new Field("string", "Name of the LiveKit agent that answers", false, plan.rest().agent()));
    fields.put(
        "backup_agent", text("Name of the agent that is asked to come when the first does not"));
    fields.put("connect", text("How the caller gets to LiveKit: dial or callback"));
    fields.put(
        "fallback",
        text(
            "What the caller gets when the agent cannot be reached, in this order:"
                + " dial-anyway, callback, agent, dial:+E164, dial:sip:user@host, notice, say:TEXT,"
                + " play:URL, decline:CODE, route:NAME"));
    fields.put("country", text("Country of national numbers, such as DE or US"));
    fields.put("caller_id", text("Number to show instead of the caller's own"));
    fields.put(
        "dial_timeout",
        new Field(
            "number",
            "Seconds that the agent's side may ring, 5 to 120",
            false,
            plan.rest().dialTimeoutSeconds()));
    fields.put(
        "max_duration",
        new Field(
            "number",
            "Seconds that the talk may last, 10 to 86400",
            false,
            plan.rest().longestSeconds()));
    return fields;
  }

  private static Field text(String description) {
    return new Field("string", description, false, null);
  }
}
