package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.call.Hmac;
import io.voicegateway.call.record.CallChange;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Other programs are told of every change of a call. */
@GatewayTest
@TestPropertySource(
    properties = {
      "gateway.call-events.secret=receiver-secret",
      "gateway.call-events.first-retry=1",
      "gateway.dead-letters.directory=target/dead-letters/call-events"
    })
class CallEventTest {

  private static final MockWebServer RECEIVER = new MockWebServer();

  @DynamicPropertySource
  static void receiver(DynamicPropertyRegistry properties) throws IOException {
    RECEIVER.start();
    properties.add("gateway.call-events.url", () -> RECEIVER.url("/calls").toString());
  }

  @AfterAll
  static void stop() {
    RECEIVER.close();
  }

  @Autowired private ProducerTemplate routes;
  @Autowired private ObjectMapper json;

  @Value("${gateway.dead-letters.directory}")
  private Path letters;

  @BeforeEach
  void forget() {
    Hooks.burnLetters(letters);
  }

  @Test
  void aPostTellsWhatChangedAndIsSigned() throws Exception {
    RECEIVER.enqueue(new MockResponse.Builder().code(204).build());

    post(change("aPost"));

    RecordedRequest request = RECEIVER.takeRequest(5, TimeUnit.SECONDS);
    byte[] body = request.getBody().toByteArray();
    JsonNode event = new JsonMapper().readTree(body);
    assertThat(event.path("version").asInt()).isEqualTo(1);
    assertThat(event.path("id").asText()).isEqualTo("aPost:received");
    assertThat(event.path("new_state").asText()).isEqualTo("received");
    assertThat(event.path("call").path("to").asText()).isEqualTo("+15550001000");
    assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("Gateway-Signature")).endsWith("v1=" + code(request, body));
  }

  @Test
  void aReceiverThatFailsIsAskedAgain() throws Exception {
    RECEIVER.enqueue(new MockResponse.Builder().code(500).build());
    RECEIVER.enqueue(new MockResponse.Builder().code(200).build());

    post(change("askedAgain"));

    assertThat(RECEIVER.takeRequest(5, TimeUnit.SECONDS)).isNotNull();
    assertThat(RECEIVER.takeRequest(5, TimeUnit.SECONDS)).isNotNull();
    assertThat(Hooks.letters(letters)).isEmpty();
  }

  @Test
  void anEventThatNobodyTakesBecomesADeadLetter() throws Exception {
    for (int i = 0; i < 6; i++) {
      RECEIVER.enqueue(new MockResponse.Builder().code(500).build());
    }

    post(change("nobody"));

    await().until(() -> Hooks.letters(letters).size() == 1);
    JsonNode letter = Hooks.letters(letters).get(0);
    assertThat(letter.path("route").asText()).isEqualTo("post-call-event");
    assertThat(letter.path("body").asText()).contains("nobody:received");
  }

  private void post(CallChange change) throws JsonProcessingException {
    routes.sendBody("direct:post-call-event", json.writeValueAsBytes(change));
  }

  private static CallChange change(String sid) {
    Instant now = Instant.parse("2026-11-23T12:00:00Z");
    CallEvent received =
        new CallEvent.Received(
            sid, now, "+15550002000", "+15550001000", "inbound", "voice-agent", 14400);
    return CallChange.of(null, CallRecord.of(List.of(received)), now);
  }

  private static String code(RecordedRequest request, byte[] body) {
    String time = request.getHeaders().get("Gateway-Signature").replaceAll("t=(\\d+),.*", "$1");
    byte[] signed = (time + ".").getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Hmac.of(Hmac.key("receiver-secret"), signed, body));
  }
}
