package io.voicegateway.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether the gateway that serves here refuses what Jambonz or LiveKit posts to it. */
final class RefusedPostsCheck {

  private static final String HOOKS = "call hooks";
  private static final String EVENTS = "LiveKit's webhooks";
  private static final String NEVER = Instant.EPOCH.toString();

  private static final Map<String, Fault> FAULTS_OF_HOOKS =
      Map.of(
          "secret",
          new Fault(
              "for their signature",
              "JAMBONZ_WEBHOOK_SECRET is not the account's secret",
              "Copy the webhook secret from the account's page in Jambonz's portal and start the"
                  + " gateway again; ./gateway setup --jambonz shows whether they differ."),
          "time",
          new Fault(
              "for the time of their signature",
              "Jambonz's clock and this machine's are more than 5 minutes apart",
              "Let both keep their time by NTP."));

  private static final Map<String, Fault> FAULTS_OF_EVENTS =
      Map.of(
          "secret",
          new Fault(
              "for their signature",
              "LIVEKIT_API_SECRET is not the secret of the key that signs them",
              "Set it to the secret of LIVEKIT_API_KEY and start the gateway again."),
          "key",
          new Fault(
              "for their key",
              "LIVEKIT_API_KEY is not the key that signs them",
              "Let LiveKit sign them with LIVEKIT_API_KEY: webhook.api_key of its settings, on"
                  + " LiveKit Cloud in the project's settings."),
          "time",
          new Fault(
              "for the time of their token",
              "LiveKit's clock and this machine's are more than 5 s apart",
              "Let both keep their time by NTP."),
          "body",
          new Fault(
              "as their body is not the one that was signed",
              "something between LiveKit and the gateway changes it",
              "Let the proxy before the gateway pass on bodies as they are."));

  /** What a refusal means. */
  private record Fault(String why, String meaning, String advice) {}

  private RefusedPostsCheck() {}

  /** Adds a line for each sort of refusal; those since which genuine ones came are strangers'. */
  static void examine(ManagementPort gateway, List<Diagnosis> diagnoses)
      throws IOException, InterruptedException {
    ManagementPort.Answer answer = gateway.get("/refused");
    if (answer.status() != 200) {
      diagnoses.add(
          Diagnosis.skipped(
              HOOKS,
              "the gateway tells nobody without OPS_USER and OPS_PASSWORD whether it refused any"));
      return;
    }
    diagnoses.addAll(of(HOOKS, answer.body().path("call_hooks"), FAULTS_OF_HOOKS));
    diagnoses.addAll(of(EVENTS, answer.body().path("livekit_events"), FAULTS_OF_EVENTS));
  }

  private static List<Diagnosis> of(String posts, JsonNode tally, Map<String, Fault> faults) {
    List<Diagnosis> lines = new ArrayList<>();
    Instant genuine = Instant.parse(tally.path("last_genuine").asText(NEVER));
    tally
        .path("refused")
        .properties()
        .forEach(
            one -> {
              Fault fault = faults.get(one.getKey());
              if (fault != null) {
                lines.add(line(posts, fault, one.getValue(), genuine));
              }
            });
    return lines;
  }

  private static Diagnosis line(String posts, Fault fault, JsonNode times, Instant genuine) {
    Instant last = Instant.parse(times.path("last").asText());
    String words =
        "%d were refused %s, last at %s"
            .formatted(
                times.path("times").asLong(), fault.why, last.truncatedTo(ChronoUnit.SECONDS));
    return genuine.isAfter(last)
        ? Diagnosis.warning(
            posts,
            words + "; a genuine one came after that",
            "Somebody else posts, too: another account or project, or a stranger.")
        : Diagnosis.problem(posts, words + ": " + fault.meaning, fault.advice);
  }
}
