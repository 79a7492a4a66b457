package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.EventReceiver.Manner;
import io.voicegateway.call.record.CallState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A gateway that ends loses no call event. */
class CallEventEndTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String LOGIN = "Basic b3BzOm9wcw==";

  @TempDir private Path folder;

  private EventReceiver receiver;
  private ConfigurableApplicationContext gateway;

  @BeforeEach
  void begin() throws IOException {
    receiver = new EventReceiver();
    gateway =
        new SpringApplication(Gateway.class)
            .run(
                "--gateway.port=0",
                "--server.port=0",
                "--gateway.records.url=jdbc:h2:mem:" + UUID.randomUUID(),
                "--gateway.plan.file=src/test/resources/plan.yaml",
                "--gateway.plan.agent=voice-agent",
                "--gateway.ops.password=ops",
                "--gateway.routes=" + EventReceiver.takenInto(folder.resolve("routes")),
                "--gateway.dead-letters.directory=" + folder.resolve("letters"),
                "--gateway.call-events.first-retry=60000",
                "--gateway.call-events.url=" + receiver.address());
  }

  @AfterEach
  void close() {
    gateway.close();
    receiver.close();
  }

  @Test
  void anEndOfTheLastMomentIsStillToldToAReceiver() {
    String sid = UUID.randomUUID().toString();
    Hooks hooks = new Hooks(port());
    hooks.call(Hooks.newCall(sid));
    hooks.event("/livekit-api/dial", EventReceiver.failedDial(sid));
    await().atMost(SOON).until(() -> isFailed(sid));

    gateway.close();

    assertThat(receiver.ids()).contains(sid + ":failed");
    assertThat(letters()).isEmpty();
  }

  @Test
  void whatNobodyTookBecomesLetters() {
    receiver.becomes(Manner.REFUSES);
    IntStream.range(0, 300)
        .forEach(
            i -> EventReceiver.tell(gateway, UUID.randomUUID().toString(), CallState.RECEIVED));
    await().atMost(SOON).until(() -> receiver.requests.size() == 8);

    gateway.close();

    assertThat(EventReceiver.ids(letters())).hasSize(300).doesNotHaveDuplicates();
    assertThat(letters())
        .hasSizeLessThan(10)
        .allMatch(letter -> letter.path("cause").asText().startsWith("the gateway ended"));
  }

  private List<JsonNode> letters() {
    return Hooks.letters(folder.resolve("letters"));
  }

  private int port() {
    return gateway.getEnvironment().getRequiredProperty("local.gateway.port", Integer.class);
  }

  private boolean isFailed(String sid) {
    return new Hooks(port())
        .get("/livekit-api/calls/" + sid, "Authorization", LOGIN)
        .body()
        .contains("\"state\":\"failed\"");
  }
}
