package io.voicegateway.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.jambonz.VerbRules;
import io.voicegateway.routes.CurrentRoutes;
import io.voicegateway.routes.RejectedEdit;
import io.voicegateway.routes.ServedRoutes;
import io.voicegateway.sandbox.SandboxJambonz;
import io.voicegateway.sandbox.SandboxJambonz.Outcome;
import io.voicegateway.sandbox.SandboxJambonz.PhoneCall;
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
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The gateway for one hook: real routes and settings, on the sandbox, on ports of its own. */
final class Rehearsal implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String FROM = "+15550100001";
  private static final String TO = "+15550001000";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String DIAL_FAILED =
      """
      {"call_sid": "%s", "from": "%s", "to": "%s", "direction": "inbound",
       "call_status": "trying", "dial_call_status": "busy", "dial_sip_status": 486}"""
          .formatted(UUID.randomUUID(), FROM, TO);

  private final HttpClient http = HttpClient.newHttpClient();
  private final VerbRules rules = new VerbRules();
  private final Overheard overheard = new Overheard();
  private final ConfigurableApplicationContext context;
  private final Path letters;
  private double unanswered;

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
    Map<String, Object> settings = settings(routes, letters, limited);
    settings.put("logging.config", Tools.LOG);
    settings.put("logging.level.org.apache.camel", quiet ? "off" : "error");
    settings.put("logging.level.io.voicegateway.StartLine", "off");
    if (quiet) {
      settings.put("logging.level.root", "off");
      settings.put("logging.level.io.voicegateway", "off");
    }
    return new Rehearsal(Launch.gateway(settings), letters);
  }

  /** The same in the program of a gateway that serves. */
  static Rehearsal inside(Path routes) throws IOException {
    Path letters = Files.createTempDirectory("gateway-rehearsal");
    return new Rehearsal(Launch.inside(settings(routes, letters, false)), letters);
  }

  private static Map<String, Object> settings(Path routes, Path letters, boolean limited) {
    Map<String, Object> settings = new HashMap<>(Launch.ON_SANDBOX);
    settings.put("spring.main.web-application-type", "none");
    settings.put("management.metrics.use-global-registry", false);
    settings.put("gateway.address", "127.0.0.1");
    settings.put("gateway.ops.password", UUID.randomUUID());
    settings.put("gateway.port", 0);
    settings.put("gateway.jmx", false);
    settings.put("gateway.rehearsal", true);
    settings.put("gateway.routes", routes);
    settings.put("gateway.routes-watch", 0);
    settings.put("gateway.routes-trial", false);
    settings.put("gateway.admission.limits", limited);
    settings.put("gateway.admission.storms", false);
    settings.put("gateway.sip.username", "sandbox");
    settings.put("gateway.sip.password", "sandbox");
    settings.put("gateway.dead-letters.directory", letters);
    return settings;
  }

  /** Takes what stands in its folder now; gives what is wrong with it, nothing when all is well. */
  Optional<String> takeEdit() throws IOException {
    RejectedEdit rejected = context.getBean(ServedRoutes.class).look();
    return Optional.ofNullable(rejected).map(RejectedEdit::problem);
  }

  /** The same as {@link #post(String, byte[])}, with what the routes decide of the call. */
  Answer explained(String path, byte[] hook) throws IOException, InterruptedException {
    CamelContext routes = context.getBean(CurrentRoutes.class).camel();
    overheard.start();
    routes.getManagementStrategy().addEventNotifier(overheard);
    overheard.listen();
    Answer answer = post(path, hook);
    return new Answer(answer.body(), answer.problem(), overheard.decisions());
  }

  private Answer post(byte[] hook) throws IOException, InterruptedException {
    return post("/livekit-api", hook);
  }

  /** Sends a hook; the blanks of the bundled one are filled in. */
  private Answer post(String path, byte[] hook) throws IOException, InterruptedException {
    String text = new String(hook, StandardCharsets.UTF_8);
    return post(
        path,
        text.replace("@@SID@@", UUID.randomUUID().toString())
            .replace("@@FROM@@", FROM)
            .replace("@@TO@@", TO));
  }

  private Answer post(String path, String hook) throws IOException, InterruptedException {
    forget();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(Launch.address(context)).resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(hook))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    return new Answer(response.body(), problem(response), Optional.empty());
  }

  /** Sends the bundled new call, which must also reach LiveKit. */
  Answer newCall() throws IOException, InterruptedException {
    try (InputStream hook = Rehearsal.class.getResourceAsStream("/sandbox/session-new.json")) {
      int registered = registered();
      Answer answer = post(hook.readAllBytes());
      return answer.isPlayable() && registered() == registered
          ? answer.but("the call was not registered with LiveKit")
          : answer;
    }
  }

  /**
   * Plays what calls meet: a new one, the end of a dial that failed, and a whole call with all that
   * Jambonz and LiveKit tell of it. Gives the answer that is wrong, or that to the new call.
   */
  Answer calls() throws IOException, InterruptedException {
    Answer answer = newCall();
    if (!answer.isPlayable()) {
      return answer;
    }
    for (JsonNode hook : JSON.readTree(answer.body()).findValues("actionHook")) {
      if (hook.asText().contains("/livekit-api/dial")) {
        Answer next = post(hook.asText(), DIAL_FAILED);
        if (!next.isPlayable()) {
          return next;
        }
      }
    }
    forget();
    SandboxJambonz jambonz =
        new SandboxJambonz(
            context.getBean(SandboxLiveKit.class),
            URI.create(Launch.address(context)),
            "",
            happened -> {});
    Outcome outcome = jambonz.call(new PhoneCall(FROM, TO, Duration.ZERO, PATIENCE));
    return whole(answer, outcome);
  }

  private Answer whole(Answer answer, Outcome outcome) throws IOException {
    Optional<String> problem = failedStep();
    if (problem.isPresent()) {
      return answer.but(problem.get());
    }
    return outcome.answered()
        ? answer
        : answer.but("a whole call on the sandbox ended with " + outcome.code());
  }

  /** Playable verbs are not enough: a failure is answered with such verbs too. */
  private Optional<String> problem(HttpResponse<String> response) throws IOException {
    if (response.statusCode() != 200) {
      return Optional.of("the answer was HTTP " + response.statusCode());
    }
    Optional<String> failed = failedStep();
    if (failed.isPresent()) {
      return failed;
    }
    if (missing() > unanswered) {
      return Optional.of("the routes left the caller nothing to play, and he got the fallback");
    }
    return rules.refusal(response.body()).map(why -> "Jambonz would refuse this answer: " + why);
  }

  private Optional<String> failedStep() throws IOException {
    try (Stream<Path> kept = Files.list(letters)) {
      Optional<Path> letter = kept.findFirst();
      if (letter.isEmpty()) {
        return Optional.empty();
      }
      JsonNode failure = JSON.readTree(letter.get().toFile());
      return Optional.of(
          "step %s of route %s failed: %s"
              .formatted(
                  failure.path("step").asText(),
                  failure.path("route").asText(),
                  failure.path("cause").asText()));
    }
  }

  /** What went wrong before is not the next hook's. */
  private void forget() throws IOException {
    unanswered = missing();
    try (Stream<Path> kept = Files.list(letters)) {
      for (Path letter : kept.toList()) {
        Files.delete(letter);
      }
    }
  }

  private double missing() {
    return context.getBean(MeterRegistry.class).get("gateway.answers.missing").counter().count();
  }

  private int registered() {
    return context.getBean(SandboxLiveKit.class).count("CreateRoom");
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
   * @param decisions what was decided before; empty when that was not asked for, or of no call
   */
  record Answer(String body, Optional<String> problem, Optional<Decisions> decisions) {

    /** There was none. */
    static Answer missing(String problem) {
      return new Answer("null", Optional.of(problem), Optional.empty());
    }

    boolean isPlayable() {
      return problem.isEmpty();
    }

    Answer but(String otherProblem) {
      return new Answer(body, Optional.of(otherProblem), decisions);
    }

    void print(PrintStream out, boolean json) throws IOException {
      JsonNode verbs = JSON.readTree(body);
      if (json) {
        ObjectNode all = JSON.createObjectNode();
        all.put("ok", isPlayable()).put("problem", problem.orElse(null)).set("verbs", verbs);
        decisions.ifPresent(made -> all.set("decisions", JSON.valueToTree(made)));
        out.println(JSON.writeValueAsString(all));
        return;
      }
      decisions.ifPresent(made -> made.print(out));
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(verbs));
      out.println(
          problem.map(why -> "problem: " + why).orElse("ok: Jambonz would run this answer"));
    }
  }
}
