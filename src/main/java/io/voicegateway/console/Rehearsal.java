package io.voicegateway.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.jambonz.VerbRules;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The gateway for one hook: real routes and settings, on the sandbox, on ports of its own. */
final class Rehearsal implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final ConfigurableApplicationContext context;
  private final Path letters;

  private Rehearsal(ConfigurableApplicationContext context, Path letters) {
    this.context = context;
    this.letters = letters;
  }

  /**
   * The gateway with the routes of a folder.
   *
   * @param quiet whether its log is left out
   * @param limited whether the plan's limits count, as the hours that would let nobody in at night
   */
  static Rehearsal of(Path routes, boolean quiet, boolean limited) throws IOException {
    Path letters = Files.createTempDirectory("gateway-rehearsal");
    Map<String, Object> settings = new HashMap<>(Launch.ON_SANDBOX);
    settings.put("gateway.port", 0);
    settings.put("server.port", 0);
    settings.put("gateway.routes", routes);
    settings.put("gateway.admission.limits", limited);
    settings.put("gateway.sip.username", "sandbox");
    settings.put("gateway.sip.password", "sandbox");
    settings.put("gateway.dead-letters.directory", letters);
    settings.put("logging.config", Tools.LOG);
    settings.put("logging.level.org.apache.camel", quiet ? "off" : "error");
    if (quiet) {
      settings.put("logging.level.root", "off");
      settings.put("logging.level.io.voicegateway", "off");
    }
    return new Rehearsal(Launch.gateway(settings), letters);
  }

  /** Sends a hook; the blanks of the bundled one are filled in. */
  Answer post(byte[] hook) throws IOException, InterruptedException {
    String text = new String(hook, StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(Launch.address(context) + "/livekit-api"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    text.replace("@@SID@@", UUID.randomUUID().toString())
                        .replace("@@FROM@@", "+15550100001")
                        .replace("@@TO@@", "+15550001000")))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    return new Answer(response.body(), problem(response));
  }

  /** Sends the bundled new call, which must also reach LiveKit. */
  Answer newCall() throws IOException, InterruptedException {
    try (InputStream hook = Rehearsal.class.getResourceAsStream("/sandbox/session-new.json")) {
      Answer answer = post(hook.readAllBytes());
      return answer.isPlayable() && !isRegistered()
          ? answer.but("the call was not registered with LiveKit")
          : answer;
    }
  }

  /** Playable verbs are not enough: a failure is answered with such verbs too. */
  private Optional<String> problem(HttpResponse<String> response) throws IOException {
    if (response.statusCode() != 200) {
      return Optional.of("the answer was HTTP " + response.statusCode());
    }
    if (context.getBean(MeterRegistry.class).get("gateway.answers.missing").counter().count() > 0) {
      return Optional.of("the routes left the caller nothing to play, and he got the fallback");
    }
    try (Stream<Path> kept = Files.list(letters)) {
      Optional<Path> letter = kept.findFirst();
      if (letter.isPresent()) {
        JsonNode failure = JSON.readTree(letter.get().toFile());
        return Optional.of(
            "step %s of route %s failed: %s"
                .formatted(
                    failure.path("step").asText(),
                    failure.path("route").asText(),
                    failure.path("cause").asText()));
      }
    }
    return new VerbRules()
        .refusal(response.body())
        .map(why -> "Jambonz would refuse this answer: " + why);
  }

  private boolean isRegistered() {
    return context.getBean(SandboxLiveKit.class).count("CreateRoom") == 1;
  }

  @Override
  public void close() throws IOException {
    context.close();
    FileSystemUtils.deleteRecursively(letters);
  }

  /**
   * What the routes answered.
   *
   * @param problem what is wrong with it, empty when Jambonz would run it and no step failed
   */
  record Answer(String body, Optional<String> problem) {

    boolean isPlayable() {
      return problem.isEmpty();
    }

    Answer but(String otherProblem) {
      return new Answer(body, Optional.of(otherProblem));
    }

    void print(PrintStream out, boolean json) throws IOException {
      JsonNode verbs = JSON.readTree(body);
      if (json) {
        ObjectNode all = JSON.createObjectNode();
        all.put("ok", isPlayable()).put("problem", problem.orElse(null)).set("verbs", verbs);
        out.println(JSON.writeValueAsString(all));
        return;
      }
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(verbs));
      out.println(
          problem.map(why -> "problem: " + why).orElse("ok: Jambonz would run this answer"));
    }
  }
}
