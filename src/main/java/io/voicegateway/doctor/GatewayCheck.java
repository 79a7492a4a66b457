package io.voicegateway.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the gateway that serves here says of itself. */
final class GatewayCheck {

  private static final String CHECK = "gateway";
  private final ManagementPort management;

  GatewayCheck(ManagementPort management) {
    this.management = management;
  }

  /** Whether one serves; adds what it says. */
  boolean examine(List<Diagnosis> diagnoses) throws InterruptedException {
    try {
      diagnoses.addAll(of(management.get("/health").body()));
      RefusedPostsCheck.examine(management, diagnoses);
      return true;
    } catch (JsonProcessingException other) {
      diagnoses.add(
          Diagnosis.warning(
              CHECK,
              "something else answers at " + management,
              "Set MANAGEMENT_PORT as for the gateway."));
      return false;
    } catch (IOException silent) {
      diagnoses.add(
          Diagnosis.skipped(
              CHECK,
              "none serves at %s: its webhooks and database are not looked at"
                  .formatted(management)));
      return false;
    }
  }

  private static List<Diagnosis> of(JsonNode health) {
    JsonNode parts = health.path("components");
    List<Diagnosis> diagnoses = new ArrayList<>();
    diagnoses.add(
        health.path("status").asText().equals("UP")
            ? Diagnosis.ok(CHECK, "serves")
            : Diagnosis.problem(
                CHECK,
                "serves, and is not healthy: " + down(parts),
                "GET /health of the management port tells more."));
    diagnoses.add(webhooks(parts.path("webhooks").path("details").path("LiveKit").asText()));
    diagnoses.add(database(parts.path("database").path("details").path("calls").asText()));
    outage(parts.path("outage").path("details").path("switch").asText(), diagnoses);
    parts
        .path("agents")
        .path("details")
        .properties()
        .forEach(agent -> diagnoses.add(HeardAgent.line(agent.getKey(), agent.getValue())));
    return diagnoses;
  }

  private static String down(JsonNode parts) {
    List<String> names = new ArrayList<>();
    parts
        .properties()
        .forEach(
            part -> {
              if (!part.getValue().path("status").asText().equals("UP")) {
                names.add(part.getKey());
              }
            });
    return String.join(", ", names);
  }

  private static Diagnosis webhooks(String said) {
    String check = "LiveKit's webhooks";
    if (said.startsWith("last")) {
      return Diagnosis.ok(check, said);
    }
    return Diagnosis.warning(
        check,
        said.isEmpty() ? "the gateway does not tell of them" : said + ": agents are not watched",
        "Let LiveKit post to /livekit-events of the gateway, signed with LIVEKIT_API_KEY. They come"
            + " as soon as there is a call.");
  }

  private static void outage(String said, List<Diagnosis> diagnoses) {
    if (said.startsWith("on")) {
      diagnoses.add(
          Diagnosis.warning(
              "outage switch",
              said + ": their callers get the fallback and no agent",
              "./gateway outage shows it, ./gateway outage off turns it off."));
    }
  }

  private static Diagnosis database(String said) {
    return said.equals("answers")
        ? Diagnosis.ok("database", "answers")
        : Diagnosis.problem(
            "database",
            said.isEmpty() ? "the gateway does not tell of it" : said,
            "Start it, or correct DATABASE_URL. Calls go on meanwhile.");
  }
}
