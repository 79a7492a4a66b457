package io.voicegateway.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the calls of a running gateway. */
@Command(
    name = "calls",
    description =
        "Lists the calls of a running gateway, or shows the timeline of one. OPS_USER and"
            + " OPS_PASSWORD are the login.",
    mixinStandardHelpOptions = true)
final class Calls implements Callable<Integer> {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int HTTP_OK = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Parameters(arity = "0..1", paramLabel = "CALL_SID", description = "one call, with its timeline")
  private @Nullable String callSid;

  @Option(
      names = "--state",
      defaultValue = "active",
      description = "active, ended, failed or all (${DEFAULT-VALUE})")
  private String state = "active";

  @Option(names = "--limit", defaultValue = "50", description = "how many (${DEFAULT-VALUE})")
  private int limit;

  @Option(names = "--follow", description = "show what changes, once a second, until Ctrl-C")
  private boolean follow;

  @Option(names = "--full", description = "whole numbers instead of masked ones")
  private boolean full;

  @Option(names = "--json", description = "the gateway's JSON instead of text")
  private boolean json;

  @Option(
      names = "--url",
      defaultValue = "http://127.0.0.1:${env:PORT:-3000}",
      description = "the gateway's address (${DEFAULT-VALUE})")
  private String url = "";

  @Option(names = "--user", defaultValue = "${env:OPS_USER:-ops}", hidden = true)
  private String user = "";

  @Option(names = "--password", defaultValue = "${env:OPS_PASSWORD:-}", hidden = true)
  private String password = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  @Override
  public Integer call() throws InterruptedException {
    if (callSid != null && follow) {
      throw new ParameterException(spec.commandLine(), "--follow is for lists, not for one call");
    }
    CallTable table = new CallTable(System.out);
    do {
      Answer answer = ask();
      if (answer.status() != HTTP_OK) {
        return problem(answer);
      }
      print(answer, table);
      if (follow) {
        TimeUnit.SECONDS.sleep(1);
      }
    } while (follow);
    return 0;
  }

  private record Answer(int status, JsonNode body) {}

  private Answer ask() throws InterruptedException {
    String path =
        callSid == null
            ? "?state=%s&limit=%d&full=%b".formatted(encoded(state), limit, full)
            : "/%s?full=%b".formatted(encoded(callSid), full);
    HttpRequest.Builder request = request(url.replaceAll("/+$", "") + "/livekit-api/calls" + path);
    if (!password.isEmpty()) {
      byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
    }
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException unreachable) {
      return new Answer(
          0,
          JSON.createObjectNode()
              .put("error", "No gateway answers at " + url + ": start it or give its --url."));
    }
  }

  private HttpRequest.Builder request(String address) {
    try {
      return HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), "--url must be http(s)://host:port", wrong);
    }
  }

  private int problem(Answer answer) {
    String why = answer.body().path("error").asText("HTTP " + answer.status());
    if (answer.status() == 400) {
      throw new ParameterException(spec.commandLine(), why);
    }
    spec.commandLine().getErr().println("gateway: " + why);
    return 1;
  }

  private void print(Answer answer, CallTable table) {
    PrintStream out = System.out;
    if (json) {
      out.println(answer.body());
    } else if (callSid != null) {
      table.timeline(answer.body());
    } else if (follow) {
      table.changes(answer.body().path("calls"));
    } else {
      table.all(answer.body());
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
