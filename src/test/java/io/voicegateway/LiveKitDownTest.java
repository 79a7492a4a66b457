package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.livekit.api.LiveKits;
import io.voicegateway.routes.CurrentRoutes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** LiveKit's API fails in every way it can; no caller is left without an answer. */
@GatewayTest
@TestPropertySource(
    properties = {
      "gateway.dead-letters.directory=target/dead-letters/livekit-down",
      "gateway.rooms.first-sweep=600000"
    })
class LiveKitDownTest {

  private static final MockWebServer LIVEKIT = new MockWebServer();

  /** Rooms of earlier tests are looked after beside them. */
  private static final AtomicInteger REGISTRATIONS = new AtomicInteger();

  private static volatile MockResponse answer = new MockResponse.Builder().build();

  @DynamicPropertySource
  static void livekit(DynamicPropertyRegistry properties) throws IOException {
    StubbedLiveKit.start(
        LIVEKIT,
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            if (request.getTarget().endsWith("CreateRoom")) {
              REGISTRATIONS.incrementAndGet();
            }
            return answer;
          }
        },
        properties);
    properties.add("gateway.livekit.deadline", () -> "300ms");
  }

  @AfterAll
  static void stop() {
    LIVEKIT.close();
  }

  @Autowired private CurrentRoutes routes;
  @Autowired private LiveKits livekits;

  @Value("${local.gateway.port}")
  private int port;

  @Value("${gateway.dead-letters.directory}")
  private Path letters;

  private Hooks hooks;
  private String sid;

  @BeforeEach
  void prepare() {
    hooks = new Hooks(port);
    Hooks.burnLetters(letters);
    sid = UUID.randomUUID().toString();
    livekits.standard().breaker().reset();
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments("401", new MockResponse.Builder().code(401).body("invalid API key: k").build()),
        arguments("403", new MockResponse.Builder().code(403).build()),
        arguments("429", new MockResponse.Builder().code(429).build()),
        arguments("500", new MockResponse.Builder().code(500).build()),
        arguments("503", new MockResponse.Builder().code(503).build()),
        arguments("garbage", new MockResponse.Builder().body("<html>hello</html>").build()),
        arguments("hung", new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build()),
        arguments(
            "a drip",
            new MockResponse.Builder()
                .body(new Buffer().write(new byte[4000]))
                .throttleBody(1, 100, TimeUnit.MILLISECONDS)
                .build()),
        arguments(
            "cut off",
            new MockResponse.Builder()
                .body(new Buffer().write(new byte[100]))
                .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE)
                .build()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void theCallerIsDialledAnywayAndTheHookIsKept(String name, MockResponse failure) {
    answer = failure;

    Reply reply = hooks.call(Hooks.newCall(sid));

    assertThat(reply.verbs()).isEqualTo("dial hangup");
    assertThat(reply.dial().at("/target/0/sipUri").asText()).contains("call-" + sid);
    assertThat(afterTheDial(reply, "trying").verbs()).isEqualTo("play sip:decline:480 hangup");
    JsonNode letter = letter();
    assertThat(letter.path("step").asText()).isEqualTo("register-call");
    assertThat(letter.path("body").asText()).isEqualTo(Hooks.newCall(sid));
    assertThat(letter.path("cause").asText()).startsWith("LiveKit CreateRoom: ");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void aCallerIsSentBackToHisAgentAlthoughHeCannotBeRegisteredAgain(
      String name, MockResponse failure) {
    answer = failure;
    Reply first =
        hooks.call(
            """
            {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000",
             "env_vars": {"fallback": "agent, dial-anyway, agent, decline:486"}}"""
                .formatted(sid));
    assertThat(first.verbs()).isEqualTo("dial hangup");

    Reply back = Hooks.playable(afterTheDial(first, "trying"));

    assertThat(back.dial().at("/target/0/sipUri").asText()).contains("call-" + sid);
    assertThat(afterTheDial(back, "trying").verbs()).isEqualTo("sip:decline:486 hangup");
  }

  @Test
  void aHookFullOfTroubleIsStillAnsweredByItsOwnLadder() {
    answer = new MockResponse.Builder().code(503).build();

    Reply reply =
        hooks.call(
            """
            {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000",
             "env_vars": {"fallback": "dial:+15550009999, decline:486"}}"""
                .formatted(sid));

    assertThat(reply.dial().at("/target/0/number").asText()).isEqualTo("+15550009999");
  }

  @Test
  void deadLettersAreForTheirOwnerOnly() throws IOException {
    answer = new MockResponse.Builder().code(503).build();

    hooks.call(Hooks.newCall(sid));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(letters)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(letters)) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void afterManyFailuresLiveKitIsLeftAloneAndCallersAreAnsweredAtOnce() {
    answer = new MockResponse.Builder().code(503).build();
    for (int i = 0; i < 10; i++) {
      hooks.call(Hooks.newCall(UUID.randomUUID().toString()));
    }
    int asked = REGISTRATIONS.get();

    Reply reply = hooks.call(Hooks.newCall(sid));

    assertThat(REGISTRATIONS).hasValue(asked);
    assertThat(reply.verbs()).isEqualTo("dial hangup");
    assertThat(letter().path("cause").asText()).contains("not asked for some seconds");
  }

  @Test
  void whatLiveKitRefusesForOneCallDoesNotCloseItToOthers() {
    answer = new MockResponse.Builder().code(400).build();
    for (int i = 0; i < 20; i++) {
      hooks.call(Hooks.newCall(UUID.randomUUID().toString()));
    }
    int asked = REGISTRATIONS.get();

    hooks.call(Hooks.newCall(sid));

    assertThat(REGISTRATIONS).hasValue(asked + 1);
  }

  @Test
  void theTraceThatJambonzNamesGoesOnToLiveKit() throws Exception {
    String trace = sid.replace("-", "") + "-00f067aa0ba902b7-1";

    hooks.call(
        "/livekit-api",
        Hooks.newCall(sid).getBytes(StandardCharsets.UTF_8),
        "application/json",
        "b3",
        trace);

    await()
        .until(
            () -> {
              RecordedRequest request = LIVEKIT.takeRequest(0, TimeUnit.SECONDS);
              return request != null && trace.equals(request.getHeaders().get("b3"));
            });
  }

  @Test
  void aSuspendedRouteStillLeavesTheCallerSomethingToPlay() throws Exception {
    routes.camel().getRouteController().suspendRoute("livekit-api");
    try {
      assertThat(hooks.call(Hooks.newCall(sid)).verbs()).isEqualTo("play sip:decline:480 hangup");
    } finally {
      routes.camel().getRouteController().resumeRoute("livekit-api");
    }
  }

  @Test
  void whenNoRouteAnswersTheCallerStillGetsTheFallback() throws Exception {
    answer = new MockResponse.Builder().code(503).build();
    routes.camel().getRouteController().stopRoute("livekit-api");
    try {
      assertThat(hooks.call(Hooks.newCall(sid)).verbs()).isEqualTo("play sip:decline:480 hangup");
    } finally {
      routes.camel().getRouteController().startRoute("livekit-api");
    }
  }

  @Test
  void whenEvenTheFailuresRouteFailsTheCallerStillGetsTheFallbackOfHisNumber() throws Exception {
    answer = new MockResponse.Builder().code(503).build();
    routes.camel().getRouteController().stopRoute("failed", 1, TimeUnit.SECONDS);
    try {
      assertThat(hooks.call(Hooks.newCall(sid)).verbs()).isEqualTo("dial hangup");
    } finally {
      routes.camel().getRouteController().startRoute("failed");
    }
  }

  @Test
  void theLadderEndsAndNobodyIsDialledTwice() {
    answer = new MockResponse.Builder().code(503).build();
    Reply first =
        hooks.call(
            """
            {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000",
             "env_vars": {"fallback": "dial-anyway, dial:+15550009999", "dial_timeout": 9,
                          "caller_id": "+15550001111"}}"""
                .formatted(sid));

    Reply second = afterTheDial(first, "trying");
    Reply third = afterTheDial(second, "trying");

    assertThat(first.dial().at("/target/0/type").asText()).isEqualTo("sip");
    assertThat(second.dial().at("/target/0/number").asText()).isEqualTo("+15550009999");
    assertThat(second.dial().path("timeout").asInt()).isEqualTo(9);
    assertThat(second.dial().path("callerId").asText()).isEqualTo("+15550001111");
    assertThat(third.verbs()).isEqualTo("sip:decline:480 hangup");
  }

  @Test
  void anAnsweredPersonIsNotHungUpOnInSilence() {
    answer = new MockResponse.Builder().code(503).build();

    Reply reply =
        hooks.call(
            """
            {"call_sid": "%s", "direction": "outbound", "from": "+15550001000",
             "to": "+15550002000", "call_status": "in-progress", "defaults": {},
             "env_vars": {"fallback": "decline:486"}}"""
                .formatted(sid));

    assertThat(reply.verbs()).isEqualTo("pause hangup");
  }

  @Test
  void everyCallerIsAnsweredWithinFourSecondsAndAtOnceWhenTheBreakerIsOpen() {
    answer = new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build();

    assertThat(milliseconds(() -> hooks.call(Hooks.newCall(sid)))).isLessThan(4000);
    livekits.standard().breaker().transitionToOpenState();
    assertThat(milliseconds(() -> hooks.call(Hooks.newCall(sid)))).isLessThan(1000);
  }

  private static long milliseconds(Runnable call) {
    long start = System.nanoTime();
    call.run();
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private Reply afterTheDial(Reply reply, String caller) {
    return hooks.call(
        reply.dial().path("actionHook").asText(),
        """
        {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000", "call_status": "%s",
         "dial_call_status": "failed", "dial_sip_status": 503}"""
            .formatted(sid, caller)
            .getBytes(StandardCharsets.UTF_8),
        "application/json");
  }

  private JsonNode letter() {
    return Hooks.letters(letters).stream()
        .filter(letter -> letter.path("call_sid").asText().equals(sid))
        .findFirst()
        .orElseThrow();
  }
}
