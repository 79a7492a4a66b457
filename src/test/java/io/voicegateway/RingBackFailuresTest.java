package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.Hooks.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** LiveKit's API fails while a caller waits to be rung back. */
@GatewayTest
@TestPropertySource(
    properties = {
      "gateway.dead-letters.directory=target/dead-letters/ring-back-failures",
      "gateway.rooms.first-sweep=600000",
      "gateway.rooms.delete-again=200"
    })
class RingBackFailuresTest {

  private static final MockWebServer LIVEKIT = new MockWebServer();

  /** What LiveKit answers to a method, instead of an empty message. */
  private static final Map<String, Integer> REFUSALS = new ConcurrentHashMap<>();

  private static final String END = ", \"call_termination_by\": \"jambonz\"";

  private static final String LOGIN =
      "Basic " + Base64.getEncoder().encodeToString("ops:s3cret".getBytes(StandardCharsets.UTF_8));

  private static final AtomicInteger DELETIONS = new AtomicInteger();

  @DynamicPropertySource
  static void livekit(DynamicPropertyRegistry properties) throws IOException {
    StubbedLiveKit.start(
        LIVEKIT,
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            String path = request.getUrl().encodedPath();
            String method = path.substring(path.lastIndexOf('/') + 1);
            if (method.equals("DeleteRoom")) {
              DELETIONS.incrementAndGet();
            }
            return new MockResponse.Builder().code(REFUSALS.getOrDefault(method, 200)).build();
          }
        },
        properties);
    properties.add("gateway.livekit.deadline", () -> "500ms");
    properties.add("gateway.outbound.trunk", () -> "ST_1");
    properties.add("gateway.ops.password", () -> "s3cret");
  }

  @AfterAll
  static void stop() {
    LIVEKIT.close();
  }

  @Value("${local.gateway.port}")
  private int port;

  @Value("${gateway.dead-letters.directory}")
  private Path letters;

  private final String sid = UUID.randomUUID().toString();
  private Hooks hooks;

  @BeforeEach
  void prepare() {
    hooks = new Hooks(port);
    REFUSALS.clear();
    DELETIONS.set(0);
    Hooks.burnLetters(letters);
  }

  @Test
  void theLetterOfARingBackThatFailedHoldsTheHooksOwnBytes() {
    REFUSALS.put("CreateRoom", 500);

    hooks.call(newCall());

    await().untilAsserted(() -> assertThat(Hooks.letters(letters)).isNotEmpty());
    JsonNode letter = Hooks.letters(letters).get(0);
    assertThat(letter.path("route").asText()).isEqualTo("ring-back");
    assertThat(letter.path("call_sid").asText()).isEqualTo(sid);
    assertThat(letter.path("body").asText()).isEqualTo(newCall());
  }

  @ParameterizedTest(name = "LiveKit answers {1} to {0}: {2}")
  @CsvSource({
    "CreateRoom,           500, not_registered",
    "CreateRoom,           403, not_registered",
    "CreateSIPParticipant, 500, not_placed",
    "CreateSIPParticipant, 404, not_placed",
  })
  void theRecordSaysOfTheRingBackWhatLiveKitsApiDid(String method, int answer, String cause) {
    REFUSALS.put(method, answer);
    Reply first = hooks.call(newCall());

    await().untilAsserted(() -> assertThat(waiting(first).verbs()).isEqualTo("dial hangup"));
    hooks.event("/livekit-api/status", status("failed", 486, END));

    await().untilAsserted(() -> assertThat(record().path("cause_code").asText()).isEqualTo(cause));
    assertThat(record().path("timeline").toString()).contains("HTTP " + answer);
  }

  @Test
  void theRoomOfACallerWhoLeftIsDeletedAgainWhenLiveKitDidNotDoSoAtFirst() {
    REFUSALS.put("DeleteRoom", 503);
    hooks.call(newCall());

    hooks.event(
        "/livekit-api/status",
        status(
            "no-answer",
            487,
            ", \"call_termination_by\": \"caller\", \"customerData\":"
                + " {\"gateway_call\": \"x\", \"gateway_leg\": \"caller\"}"));

    await().untilAsserted(() -> assertThat(DELETIONS.get()).isGreaterThanOrEqualTo(2));
    await()
        .untilAsserted(
            () ->
                assertThat(Hooks.letters(letters))
                    .filteredOn(
                        letter -> letter.path("route").asText().equals("room-of-gone-caller"))
                    .extracting(letter -> letter.path("call_sid").asText())
                    .contains(sid));
  }

  private JsonNode record() {
    return hooks.get("/livekit-api/calls/" + sid, "Authorization", LOGIN).json();
  }

  private Reply waiting(Reply first) {
    for (JsonNode verb : first.json()) {
      if (verb.path("verb").asText().equals("redirect")) {
        return hooks.call(
            verb.path("actionHook").asText(),
            status("trying", 100, "").getBytes(StandardCharsets.UTF_8),
            "application/json");
      }
    }
    throw new AssertionError("no redirect in " + first.body());
  }

  private String status(String status, int sip, String end) {
    return """
        {"call_sid": "%s", "from": "+15550002000", "to": "+15550008888", "direction": "inbound",
         "call_status": "%s", "sip_status": %d, "fs_sip_address": "127.0.0.1:5070"%s}"""
        .formatted(sid, status, sip, end);
  }

  private String newCall() {
    return """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "+15550008888"}"""
        .formatted(sid);
  }
}
