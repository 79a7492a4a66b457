package io.voicegateway.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voicegateway.jambonz.VerbRules;
import java.io.IOException;
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

  static Rehearsal of(Path routes) throws IOException {
    Path letters = Files.createTempDirectory("gateway-rehearsal");
    Map<String, Object> settings = new HashMap<>(Launch.ON_SANDBOX);
    settings.put("server.port", 0);
    settings.put("management.server.port", 0);
    settings.put("camel.main.routes-include-pattern", "file:" + routes + "/*.camel.yaml");
    settings.put("gateway.dead-letters.directory", letters);
    settings.put("logging.structured.format.console", "");
    return new Rehearsal(Launch.gateway(settings), letters);
  }

  /** Sends a hook; the call id of the template becomes a fresh one. */
  Answer post(byte[] hook) throws IOException, InterruptedException {
    String text = new String(hook, StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(Launch.address(context) + "/livekit-api"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    text.replace("@@SID@@", UUID.randomUUID().toString())))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    Optional<String> refusal =
        response.statusCode() == 200
            ? new VerbRules().refusal(response.body())
            : Optional.of("HTTP " + response.statusCode());
    return new Answer(response.body(), refusal);
  }

  @Override
  public void close() throws IOException {
    context.close();
    FileSystemUtils.deleteRecursively(letters);
  }

  /**
   * What the routes answered.
   *
   * @param refusal why Jambonz would refuse it, empty when it would run it
   */
  record Answer(String body, Optional<String> refusal) {

    boolean isPlayable() {
      return refusal.isEmpty();
    }

    void print(PrintStream out, boolean json) throws IOException {
      JsonNode verbs = JSON.readTree(body);
      if (json) {
        ObjectNode all = JSON.createObjectNode();
        all.put("playable", isPlayable()).put("refusal", refusal.orElse(null)).set("verbs", verbs);
        out.println(JSON.writeValueAsString(all));
        return;
      }
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(verbs));
      out.println(
          refusal
              .map(why -> "problem: Jambonz would refuse this answer: " + why)
              .orElse("ok: Jambonz would run this answer"));
    }
  }
}
