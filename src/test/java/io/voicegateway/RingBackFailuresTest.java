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
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
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

  /** What LiveKit answers to CreateSIPParticipant, one after the other. */
  private static final Queue<MockResponse> LEGS = new ConcurrentLinkedQueue<>();

  private static final AtomicInteger ASKED_FOR_LEG = new AtomicInteger();

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
            if (method.equals("CreateSIPParticipant")) {
              ASKED_FOR_LEG.incrementAndGet();
              MockResponse next = LEGS.poll();
              if (next != null) {
                return next;
              }
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
    LEGS.clear();
    ASKED_FOR_LEG.set(0);
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
    waitInVain();

    await()
        .untilAsserted(() -> assertThat(record(sid).path("cause_code").asText()).isEqualTo(cause));
    assertThat(timeline()).contains("HTTP " + answer);
  }

  @Test
  void aLegThatGotLostOnItsWayIsAskedForOnceMore() {
    LEGS.add(notAnswered("").build());

    hooks.call(newCall());

    await().until(() -> timeline().contains("rang-back"));
    assertThat(ASKED_FOR_LEG).hasValue(2);
    assertThat(timeline()).doesNotContain("not-rung-back");
    assertThat(Hooks.letters(letters)).isEmpty();
  }

  @Test
  void aLegThatGetsLostTwiceIsNotThatOfAMissingWorker() {
    LEGS.add(notAnswered("").build());
    LEGS.add(notAnswered("").build());
    waitInVain();

    await().until(() -> record(sid).path("cause_code").asText().equals("not_placed"));
    assertThat(ASKED_FOR_LEG).hasValue(2);
  }

  @Test
  void aLegThatJambonzRefusedOrThatRangInVainIsNotAskedForAgain() {
    LEGS.add(notAnswered(", \"meta\": {\"sip_status_code\": \"486\"}").build());
    hooks.call(newCall());
    await().until(() -> timeline().contains("not-rung-back"));
    assertThat(ASKED_FOR_LEG).hasValue(1);

    LEGS.add(notAnswered("").headersDelay(1100, TimeUnit.MILLISECONDS).build());
    hooks.call(newCall().replace(sid, "rang-" + sid));

    await()
        .until(() -> record("rang-" + sid).path("timeline").toString().contains("not-rung-back"));
    assertThat(ASKED_FOR_LEG).hasValue(2);
  }

  /** As livekit-server 1.13.5 says it of a call that it placed. */
  private static MockResponse.Builder notAnswered(String more) {
    return new MockResponse.Builder()
        .code(408)
        .body(
            "{\"code\": \"canceled\", \"msg\": \"transaction failed to complete (0 intermediate"
                + " responses)\"%s}".formatted(more));
  }

  /** A call that is not rung back is dialled, in vain too. */
  private void waitInVain() {
    Reply first = hooks.call(newCall());

    await().untilAsserted(() -> assertThat(waiting(first).verbs()).isEqualTo("dial hangup"));
    hooks.event("/livekit-api/status", status("failed", 486, END));
  }

  private String timeline() {
    return record(sid).path("timeline").toString();
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

  private JsonNode record(String callSid) {
    return hooks.get("/livekit-api/calls/" + callSid, "Authorization", LOGIN).json();
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
