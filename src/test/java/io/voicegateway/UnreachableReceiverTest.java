package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicegateway.call.record.CallState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A dead letter says who did not answer, by the setting that names him. */
@GatewayTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "gateway.call-events.url=http://127.0.0.1:1/4930555443322?token=s3cret-word",
      "gateway.call-events.first-retry=1",
      "gateway.dead-letters.directory=target/dead-letters/unreachable-receiver"
    })
class UnreachableReceiverTest {

  private static final String CAUSE = "CALL_EVENTS_URL did not answer: connection refused";
  private static final Path LETTERS = Path.of("target/dead-letters/unreachable-receiver");

  @DynamicPropertySource
  static void routes(DynamicPropertyRegistry properties) throws IOException {
    Path routes = EventReceiver.takenInto(Path.of("target/unreachable-receiver"));
    properties.add("gateway.routes", routes::toString);
  }

  @Value("${local.server.port}")
  private int management;

  @Autowired private ApplicationContext gateway;

  @Test
  void theSettingThatNamesTheReceiverStandsInTheCauseAndNothingOfItsValue() {
    Hooks.burnLetters(LETTERS);
    Hooks operator = Hooks.ofOperator(management);

    EventReceiver.tell(gateway, "refused", CallState.TALKING);

    await().atMost(Duration.ofSeconds(20)).until(() -> Hooks.letters(LETTERS).size() == 1);
    String listing = operator.get("/dead-letters").body();
    assertThat(listing).contains("\"cause\":\"" + CAUSE + "\"");
    assertThat(operator.get("/console/letters").body()).contains(CAUSE);
    assertThat(listing + Hooks.letters(LETTERS))
        .doesNotContain("s3cret-word")
        .doesNotContain("4930555443322");
    String id = Hooks.letters(LETTERS).get(0).path("id").asText();
    assertThat(operator.post("/dead-letters/" + id + "/replay", new byte[0], "").body())
        .contains("It failed again: " + CAUSE);
  }
}
