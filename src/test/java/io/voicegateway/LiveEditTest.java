package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.Hooks.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.FileSystemUtils;

/** An operator edits the routes while the gateway serves calls. */
@GatewayTest
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = {"gateway.routes-watch=50", "gateway.ops.password=pass"})
class LiveEditTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String LOGIN = "Basic b3BzOnBhc3M=";

  private static Path routes = Path.of("routes");

  @DynamicPropertySource
  static void ownRoutes(DynamicPropertyRegistry properties) throws IOException {
    routes = Files.createTempDirectory("routes");
    FileSystemUtils.copyRecursively(Path.of("routes"), routes);
    properties.add("gateway.routes", routes::toString);
  }

  @Value("${local.gateway.port}")
  private int port;

  @Value("${local.server.port}")
  private int managementPort;

  @Autowired private MeterRegistry meters;

  private Hooks hooks;
  private Hooks management;

  @BeforeEach
  void gateway() {
    hooks = new Hooks(port);
    management = new Hooks(managementPort);
  }

  @AfterEach
  void everythingAsItWas() throws IOException {
    FileSystemUtils.deleteRecursively(routes);
    FileSystemUtils.copyRecursively(Path.of("routes"), routes);
    await().atMost(SOON).until(() -> rejected().isMissingNode() && !isServed("greeting"));
  }

  // ---- edits that are wrong

  @ParameterizedTest(name = "{3}: {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      livekit-api.camel.yaml    | - bean:             | - baen:            | livekit-api.camel.yaml:11    | Unknown node id: baen
      livekit-api.camel.yaml    | ref: hookReader     | rfe: hookReader    | livekit-api.camel.yaml:17    | Unsupported field: rfe
      livekit-api.camel.yaml    | ref: hookReader     | ref: hookRaeder    | livekit-api.camel.yaml:17    | there is no bean hookRaeder
      livekit-api.camel.yaml    | method: read        | method: raed       | livekit-api.camel.yaml:18    | a HookReader has no method raed
      livekit-api.camel.yaml    | uri: direct:answer  | uri: direct:anwser | livekit-api.camel.yaml:33    | no route begins with direct:anwser
      livekit-api.camel.yaml    | uri: direct:answer  | uri: dircet:answer | livekit-api.camel.yaml:35    | nothing is known by the name of dircet:answer
      livekit-api.camel.yaml    | uri: platform-http  | uri: platfrom-http | livekit-api.camel.yaml:7     | nothing is known by the name of platfrom-http:/livekit-api
      livekit-api.camel.yaml    | id: livekit-api     | id: livekit-simple | livekit-simple.camel.yaml:4  | two routes have the id livekit-simple
      livekit-api.camel.yaml    | id: read-call       | id: verify-signature | livekit-api.camel.yaml:16  | two routes or steps have the id verify-signature
      livekit-api.camel.yaml    | id: read-call       | id: livekit-api    | livekit-api.camel.yaml:16    | two routes or steps have the id livekit-api
      livekit-api.camel.yaml    | steps:              | steps              | livekit-api.camel.yaml:11    | could not find expected ':'
      livekit-api.camel.yaml    | simple: "${body}"   | simple: "${boddy(}" | livekit-api.camel.yaml:22   | Unknown function: boddy(
      call-event.camel.yaml     | Id: asked-again     | Id: asked-agian    | call-event.camel.yaml:4      | there is no routeConfiguration asked-agian, which route call-event wants
      call-event.camel.yaml     | first-retry}}       | frist-retry}}      | call-event.camel.yaml:82     | there is no setting gateway.call-events.frist-retry
      call-event.camel.yaml     | java.lang.Exception | java.lang.Excepton | call-event.camel.yaml:71     | there is no class java.lang.Excepton
      livekit-simple.camel.yaml | http:/livekit-simple | http:/livekit-api | livekit-simple.camel.yaml:3  | both begin with platform-http:///livekit-api
      failure.camel.yaml        | Uri: direct:failed  | Uri: direct:fialed | :0                           | no route begins with direct:fialed
      """)
  void aWrongEditIsRejectedWithItsPlaceAndTheRoutesBeforeItServe(
      String file, String text, String edit, String place, String problem, CapturedOutput output)
      throws IOException {
    edit(file, text, edit);

    await().atMost(SOON).until(() -> !rejected().isMissingNode());

    assertThat(rejected().path("problem").asText()).contains(problem);
    assertThat(rejected().path("file").asText() + ":" + rejected().path("line").asInt())
        .isEqualTo(place);
    assertThat(output.getAll()).contains("A route edit is rejected");
    assertThat(meters.get("gateway.routes.rejected").gauge().value()).isEqualTo(1);
    assertThat(newCall().verbs()).isEqualTo("dial hangup");
  }

  @Test
  void anEditWhoseVerbsJambonzWouldRefuseIsRejectedBeforeACallerMeetsIt() throws IOException {
    answerInsteadOfVerbs("1");

    await().atMost(SOON).until(() -> !rejected().isMissingNode());

    assertThat(rejected().path("problem").asText()).contains("Jambonz would refuse this answer");
    assertThat(newCall().verbs()).isEqualTo("dial hangup");
  }

  @Test
  void anEditByWhichAStepFailsIsRejectedWithTheLineOfTheStep() throws IOException {
    edit(
        "livekit-api.camel.yaml",
        "name: call\n            simple: \"${body}\"",
        "name: call\n            simple: \"${body.nothing}\"");

    await().atMost(SOON).until(() -> !rejected().isMissingNode());

    assertThat(rejected().path("problem").asText()).contains("failed");
    assertThat(rejected().path("file").asText()).isEqualTo("livekit-api.camel.yaml");
    assertThat(rejected().path("excerpt").asText()).contains("id: ").contains("^");
    assertThat(newCall().verbs()).isEqualTo("dial hangup");
  }

  @Test
  void theSandboxOfATrialSaysNothingInTheLog(CapturedOutput output) throws IOException {
    int before = output.getAll().length();
    put("greeting.camel.yaml", greeting("hello"));

    await().atMost(SOON).until(() -> isServed("greeting"));

    assertThat(output.getAll().substring(before).lines().filter(line -> line.contains(" INFO ")))
        .singleElement()
        .asString()
        .endsWith("Routes were edited: the edit is served from now on");
  }

  // ---- edits that are good

  @Test
  void aNewRouteAnEditOfItItsRenamingAndItsEndAreServed() throws IOException {
    put("greeting.camel.yaml", greeting("hello"));
    await().atMost(SOON).until(() -> greetingSays("hello"));

    put("greeting.camel.yaml", greeting("good morning"));
    await().atMost(SOON).until(() -> greetingSays("good morning"));

    put("greeting.camel.yaml", greeting("hello").replace("/greeting", "/salutation"));
    await().atMost(SOON).until(() -> hooks.get("/salutation").status() == 200);
    assertThat(hooks.get("/greeting").status()).isEqualTo(404);

    Files.delete(routes.resolve("greeting.camel.yaml"));
    await().atMost(SOON).until(() -> hooks.get("/salutation").status() == 404);
    assertThat(newCall().verbs()).isEqualTo("dial hangup");
  }

  @Test
  void filesThatNeedEachOtherAreTakenTogetherHoweverTheyAreWritten() throws IOException {
    put(
        "greeting.camel.yaml",
        greeting("hello")
            .replace(
                "setBody: {id: words, constant: hello}", "to: {id: words, uri: direct:words}"));
    put(
        "words.camel.yaml",
        "- route: {id: words-of-it, from: {uri: direct:words, steps: [{setBody: {id: said, constant: hello}}]}}\n");

    await().atMost(SOON).until(() -> greetingSays("hello"));
    assertThat(rejected().isMissingNode()).isTrue();
  }

  /** As Kubernetes writes a ConfigMap: links to a link whose target is exchanged. */
  @Test
  void aVolumeOfKubernetesIsWatchedThroughItsLinks(@TempDir Path volume) throws IOException {
    Path first = Files.createDirectory(volume.resolve("..1"));
    Path second = Files.createDirectory(volume.resolve("..2"));
    Files.writeString(first.resolve("greeting.camel.yaml"), greeting("hello"));
    Files.writeString(second.resolve("greeting.camel.yaml"), greeting("howdy"));
    Path data = Files.createSymbolicLink(volume.resolve("..data"), first);
    Files.createSymbolicLink(
        routes.resolve("greeting.camel.yaml"), data.resolve("greeting.camel.yaml"));
    await().atMost(SOON).until(() -> greetingSays("hello"));

    Path exchange = Files.createSymbolicLink(volume.resolve("..data_tmp"), second);
    Files.move(exchange, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

    await().atMost(SOON).until(() -> greetingSays("howdy"));
  }

  @Test
  void whatIsUnderWayGoesToItsEndInTheRoutesInWhichItBegan() throws Exception {
    try (MockWebServer others = new MockWebServer()) {
      CountDownLatch edited = new CountDownLatch(1);
      others.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
              edited.await(30, TimeUnit.SECONDS);
              return new MockResponse.Builder().build();
            }
          });
      others.start();
      put("slow.camel.yaml", slow(others.url("/").toString()));
      await().atMost(SOON).until(() -> hooks.get("/slow").status() != 404);
      assertThat(path(others.takeRequest(10, TimeUnit.SECONDS))).isEqualTo("/first");

      Files.delete(routes.resolve("slow.camel.yaml"));
      await().atMost(SOON).until(() -> hooks.get("/slow").status() == 404);
      edited.countDown();

      await()
          .atMost(SOON)
          .until(() -> path(others.takeRequest(1, TimeUnit.SECONDS)).equals("/second"));
    }
  }

  @Test
  void noCallIsLostWhileEditsGoodAndWrongFollowEachOther() throws Exception {
    double missed = meters.get("gateway.answers.missing").counter().count();
    AtomicBoolean editing = new AtomicBoolean(true);
    CompletableFuture<Integer> caller =
        CompletableFuture.supplyAsync(
            () -> {
              int answered = 0;
              while (editing.get()) {
                assertThat(newCall().verbs()).isEqualTo("dial hangup");
                answered++;
              }
              return answered;
            });
    for (int edit = 0; edit < 6; edit++) {
      String words = "edit " + edit;
      boolean good = edit % 2 == 0;
      put("greeting.camel.yaml", good ? greeting(words) : "- rout: {}\n");
      await().atMost(SOON).until(() -> good ? greetingSays(words) : !rejected().isMissingNode());
    }
    editing.set(false);
    assertThat(caller.get(30, TimeUnit.SECONDS)).isPositive();
    assertThat(meters.get("gateway.answers.missing").counter().count()).isEqualTo(missed);
  }

  @Test
  void aRoutesMetersGoOnAfterAnEdit() throws IOException {
    newCall();
    double before = exchanges("livekit-api");
    put("greeting.camel.yaml", greeting("counted"));
    await().atMost(SOON).until(() -> greetingSays("counted"));

    newCall();

    assertThat(before).isPositive();
    assertThat(exchanges("livekit-api")).isEqualTo(before + 1);
  }

  private double exchanges(String route) {
    return meters
        .get("camel.exchanges.total")
        .tag("routeId", route)
        .tag("eventType", "route")
        .counter()
        .count();
  }

  // ---- what operators see

  @Test
  void operatorsSeeWhichRoutesAreServedFromWhichFiles() {
    Reply report = management.get("/routes", "Authorization", LOGIN);

    assertThat(report.json().path("files").findValuesAsText("file"))
        .contains("livekit-api.camel.yaml", "failure.camel.yaml");
    assertThat(report.json().findPath("livekit-api").asText()).isEqualTo("Started");
    assertThat(management.get("/routes").status()).isEqualTo(401);
  }

  private JsonNode rejected() {
    return management.get("/routes", "Authorization", LOGIN).json().path("rejected");
  }

  private boolean isServed(String route) {
    return !management
        .get("/routes", "Authorization", LOGIN)
        .json()
        .findPath(route)
        .isMissingNode();
  }

  private boolean greetingSays(String words) {
    return hooks.get("/greeting").body().equals(words);
  }

  private Reply newCall() {
    return hooks.call(Hooks.newCall(UUID.randomUUID().toString()));
  }

  private static String greeting(String words) {
    return """
        - route:
            id: greeting
            from:
              uri: platform-http:/greeting
              steps:
                - setBody: {id: words, constant: %s}
        """
        .formatted(words);
  }

  private static String path(RecordedRequest request) {
    return request == null ? "nothing" : request.getUrl().encodedPath();
  }

  private static String slow(String others) {
    return """
        - route:
            id: slow
            from:
              uri: platform-http:/slow
              steps:
                - wireTap: {id: begin, uri: direct:slowly}
        - route:
            id: slowly
            from:
              uri: direct:slowly
              steps:
                - removeHeaders: {id: drop-one, pattern: "*"}
                - to: {id: ask-first, uri: "%1$sfirst"}
                - to: {id: go-on, uri: direct:between}
        - route:
            id: between
            from:
              uri: direct:between
              steps:
                - removeHeaders: {id: drop-other, pattern: "*"}
                - to: {id: ask-second, uri: "%1$ssecond"}
        """
        .formatted(others);
  }

  private static void answerInsteadOfVerbs(String list) throws IOException {
    edit(
        "livekit-api.camel.yaml",
        "        - to:\n            id: answer-verbs\n",
        "        - setBody:\n            simple: '${list(%s)}'\n        - to:\n            id: answer-verbs\n"
            .formatted(list));
  }

  private static void edit(String file, String text, String edit) throws IOException {
    String before = Files.readString(routes.resolve(file));
    assertThat(before).contains(text);
    int at = before.indexOf(text);
    put(file, before.substring(0, at) + edit + before.substring(at + text.length()));
  }

  private static void put(String file, String text) throws IOException {
    Files.writeString(routes.resolve(file), text);
  }
}
