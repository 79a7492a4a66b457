package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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
import org.springframework.util.FileSystemUtils;

/** The example of a step of the operator's own, taken in: his program chooses the agent. */
@GatewayTest
@TestPropertySource(
    properties = {
      "gateway.plan.file=src/test/resources/limits-plan.yaml",
      "gateway.dead-letters.directory=target/dead-letters/chooser"
    })
class AgentChooserTest {

  private static final MockWebServer CHOOSER = new MockWebServer();

  private static volatile MockResponse answer = new MockResponse.Builder().build();

  @DynamicPropertySource
  static void exampleTakenIn(DynamicPropertyRegistry properties) throws IOException {
    CHOOSER.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer;
          }
        });
    CHOOSER.start();
    Path routes = Files.createTempDirectory("routes");
    FileSystemUtils.copyRecursively(Path.of("routes"), routes);
    takeIn(routes.resolve("livekit-api.camel.yaml"), "have-agent-chosen");
    Path example = routes.resolve("choose-agent.camel.yaml");
    String text = Files.readString(example);
    assertThat(text).contains("127.0.0.1:8090");
    Files.writeString(example, text.replace("127.0.0.1:8090", "127.0.0.1:" + CHOOSER.getPort()));
    properties.add("gateway.routes", routes::toString);
  }

  /** Removes the comment signs of the step with that id, as an operator would. */
  private static void takeIn(Path route, String id) throws IOException {
    String text = Files.readString(route);
    String begin = "        # - enrich:\n        #     id: " + id + "\n";
    assertThat(text).contains(begin);
    int start = text.indexOf(begin);
    int end = text.indexOf("        - ", start);
    String step = text.substring(start, end).replace("        # ", "        ");
    Files.writeString(route, text.substring(0, start) + step + text.substring(end));
  }

  @AfterAll
  static void stop() {
    CHOOSER.close();
  }

  @Autowired private SandboxLiveKit livekit;

  @Value("${local.gateway.port}")
  private int port;

  @Value("${gateway.dead-letters.directory}")
  private Path letters;

  private final String sid = UUID.randomUUID().toString();

  @BeforeEach
  void prepare() {
    Hooks.burnLetters(letters);
  }

  @Test
  void theAgentThatTheProgramNamesIsCalled() throws Exception {
    answer = new MockResponse.Builder().body("{\"agent\": \"night-agent\"}").build();

    Reply reply = call();

    assertThat(reply.verbs()).isEqualTo("dial hangup");
    assertThat(agent()).isEqualTo("night-agent");
    assertThat(asked().path("from_e164").asText()).isEqualTo("+15550002000");
  }

  @Test
  void whatElseTheProgramSaysHoldsForTheWholeCall() {
    answer =
        new MockResponse.Builder()
            .body("{\"dial_timeout\": 9, \"caller_id\": \"none at\"}")
            .build();

    Reply reply = call();

    assertThat(reply.dial().path("timeout").asInt()).isEqualTo(9);
    assertThat(reply.dial().path("callerId").asText()).isEqualTo("+15550002000");
    assertThat(agent()).isEqualTo("voice-agent");
  }

  @Test
  void aProgramThatHangsCostsTheCallerHalfASecond() {
    answer = new MockResponse.Builder().body("{}").build();
    new Hooks(port).call(Hooks.newCall("warm-up"));
    answer =
        new MockResponse.Builder()
            .headersDelay(10, TimeUnit.SECONDS)
            .body("{\"agent\": \"late-agent\"}")
            .build();

    long start = System.nanoTime();
    Reply reply = call();

    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(350L, 2000L);
    assertThat(reply.verbs()).isEqualTo("dial hangup");
    assertThat(agent()).isEqualTo("voice-agent");
    assertThat(Hooks.letters(letters)).isEmpty();
  }

  @Test
  void aProgramThatAnswersDropByDropHasHalfASecondToo() {
    answer =
        new MockResponse.Builder()
            .body("{\"agent\": \"slow-agent\"}")
            .throttleBody(1, 200, TimeUnit.MILLISECONDS)
            .build();

    assertThat(call().verbs()).isEqualTo("dial hangup");
    assertThat(agent()).isEqualTo("voice-agent");
  }

  @Test
  void whatCannotBeUnderstoodLeavesThePlansOwnAgent() {
    answer = new MockResponse.Builder().body("<html>hello</html>").build();
    assertThat(call().verbs()).isEqualTo("dial hangup");
    assertThat(agent()).isEqualTo("voice-agent");
    assertThat(Hooks.letters(letters)).isEmpty();
  }

  @Test
  void aProgramThatIsDownLeavesThePlansOwnAgentAndTheAddressOfAnnouncements() {
    answer = new MockResponse.Builder().code(503).build();

    Reply reply =
        new Hooks(port)
            .call(
                """
                {"call_sid": "%s", "from": "+15550002000", "to": "+15550001001"}"""
                    .formatted(sid));

    assertThat(reply.verbs()).isEqualTo("play sip:decline:480 hangup");
    assertThat(reply.json().path(0).path("url").asText())
        .isEqualTo("http://127.0.0.1:" + port + "/sounds/notice.wav");
    assertThat(Hooks.letters(letters)).isEmpty();
  }

  private Reply call() {
    return new Hooks(port).call(Hooks.newCall(sid));
  }

  /** What the program was told of this test's call. */
  private JsonNode asked() throws Exception {
    while (true) {
      JsonNode asked = new JsonMapper().readTree(CHOOSER.takeRequest().getBody().utf8());
      if (asked.path("call_sid").asText().equals(sid)) {
        return asked;
      }
    }
  }

  private String agent() {
    return livekit.dispatchedAgents("call-" + sid).get(0);
  }
}
