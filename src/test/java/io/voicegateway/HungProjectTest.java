package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.livekit.api.LiveKits;
import io.voicegateway.project.Projects;
import io.voicegateway.project.SharedThreads;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import livekit.LivekitModels.Room;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * The LiveKit of one project accepts connections and answers nothing, for longer than a test lasts.
 * Whoever had to wait for it would still wait when the test looks.
 */
@GatewayTest
@TestPropertySource(
    properties = {
      "gateway.plan.file=src/test/resources/hung-projects.yaml",
      "gateway.jambonz.unsigned-allowed=true",
      "gateway.rooms.first-sweep=600000",
      "gateway.agent.watch=off",
      "gateway.dead-letters.directory=target/dead-letters/hung-project"
    })
class HungProjectTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int MANY = 200;
  private static final String HUNG = "+15550001001";

  private static final TwoLiveKits LIVEKITS = TwoLiveKits.start();
  private static final SandboxLiveKit A = LIVEKITS.a;
  private static final MockWebServer STUB = new MockWebServer();
  private static final MockWebServer STUB_TOO = new MockWebServer();

  @DynamicPropertySource
  static void projects(DynamicPropertyRegistry properties) throws IOException {
    LIVEKITS.set(properties);
    start(STUB);
    start(STUB_TOO);
    hung("hung", STUB, properties);
    hung("hung-rooms", STUB, properties);
    hung("hung-rung", STUB, properties);
    hung("hung-too", STUB_TOO, properties);
  }

  private static void start(MockWebServer stub) throws IOException {
    stub.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return request.getTarget().startsWith("/twirp/")
                ? new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build()
                : new MockResponse.Builder().body("OK").build();
          }
        });
    stub.start();
  }

  private static void hung(String name, MockWebServer stub, DynamicPropertyRegistry properties) {
    String path = "gateway.projects." + name;
    properties.add(path + ".livekit.url", () -> stub.url("/").toString());
    properties.add(path + ".livekit.api-key", () -> "key-" + name);
    properties.add(path + ".livekit.api-secret", () -> name + TwoLiveKits.SECRET);
    properties.add(path + ".livekit.deadline", () -> LONG);
    properties.add(path + ".sip.uri", () -> name + ".example.test");
    properties.add(path + ".outbound.trunk", () -> "ST_" + name);
  }

  @AfterAll
  static void stop() {
    STUB.close();
    STUB_TOO.close();
    LIVEKITS.close();
    CARRIER.shutdownNow();
  }

  private static final ExecutorService CARRIER = Executors.newCachedThreadPool();

  @Autowired private LiveKits livekits;
  @Autowired private MeterRegistry metrics;
  @Autowired private SharedThreads threads;
  @Autowired private Projects projects;

  @Value("${local.gateway.port}")
  private int port;

  private final String sid = UUID.randomUUID().toString();
  private final String room = "call-" + sid;
  private Hooks hooks;

  @BeforeEach
  void prepare() {
    hooks = new Hooks(port);
    livekits.all().forEach(livekit -> livekit.breaker().reset());
  }

  @Test
  void itsCallersHoldNoMoreThanItsShareOfTheThreadsAndThoseOfOthersWaitForNone() {
    int share = threads.among(projects.all().size()).requests();

    List<CompletableFuture<Reply>> hung = callers(MANY, HUNG);
    await()
        .atMost(LONG.dividedBy(2))
        .until(() -> waiting("hung") == share && hung.stream().allMatch(Future::isDone));

    for (int i = 0; i < 20; i++) {
      assertThat(hooks.call(call("+15550009000", UUID.randomUUID().toString())).verbs())
          .isEqualTo("dial hangup");
    }
    assertThat(waiting("hung")).isEqualTo(share);
    assertThat(livekits.of("hung").breaker().getState()).isNotEqualTo(State.CLOSED);
    assertThat(livekits.standard().breaker().getState()).isEqualTo(State.CLOSED);
  }

  @Test
  void roomsOfOthersAreDeletedThoughItsOwnCannotBe() {
    for (int i = 0; i < 20; i++) {
      dialFailed("+15550001003", UUID.randomUUID().toString());
    }
    await().until(() -> waiting("hung-rooms") >= 4);
    assertThat(hooks.call(call("+15550009000", sid)).verbs()).isEqualTo("dial hangup");
    assertThat(rooms()).contains(room);

    dialFailed("+15550009000", sid);

    await().until(() -> !rooms().contains(room));
  }

  @Test
  void aLadderOfProjectsThatHangIsNotAskedRungByRung() {
    hooks.call(call("+15550001002", UUID.randomUUID().toString()));
    int asked = STUB_TOO.getRequestCount();

    Reply over = hooks.call(call("+15550001002", sid));

    assertThat(over.dial().at("/target/0/sipUri").asText()).contains(room + "@sip-a.example.test");
    assertThat(STUB_TOO.getRequestCount()).isEqualTo(asked);
  }

  private int waiting(String project) {
    return (int)
        metrics.get("gateway.livekit.requests.waiting").tag("project", project).gauge().value();
  }

  private List<CompletableFuture<Reply>> callers(int many, String to) {
    return Stream.generate(
            () ->
                CompletableFuture.supplyAsync(
                    () -> hooks.call(call(to, UUID.randomUUID().toString())), CARRIER))
        .limit(many)
        .toList();
  }

  private void dialFailed(String to, String sid) {
    hooks.event(
        "/livekit-api/dial",
        """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "%s",
         "call_status": "trying", "dial_call_status": "failed", "dial_sip_status": 503}"""
            .formatted(sid, to));
  }

  private static List<String> rooms() {
    return A.rooms().stream().map(Room::getName).toList();
  }

  private static String call(String to, String sid) {
    return """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "%s"}"""
        .formatted(sid, to);
  }
}
