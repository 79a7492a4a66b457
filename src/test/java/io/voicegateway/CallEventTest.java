package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.EventReceiver.Manner;
import io.voicegateway.call.Hmac;
import io.voicegateway.call.record.CallState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Other programs are told of every change of a call, all the way from the hook. */
@GatewayTest
@DirtiesContext
@AutoConfigureObservability(tracing = false)
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
    properties = {
      "gateway.call-events.secret=receiver-secret",
      "gateway.call-events.first-retry=1",
      "gateway.call-events.queue=800",
      "gateway.dead-letters.directory=target/dead-letters/call-events"
    })
class CallEventTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Path FOLDER = Path.of("target", "call-events");

  private static EventReceiver receiver;

  @DynamicPropertySource
  static void receiver(DynamicPropertyRegistry properties) throws IOException {
    receiver = new EventReceiver();
    Path routes =
        EventReceiver.takenInto(
            FOLDER.resolve("routes"),
            "        - to: \"file:%s?fileName=all.jsonl&fileExist=Append&appendChars=\\\\n\"\n"
                .formatted(FOLDER));
    properties.add("gateway.routes", routes::toString);
    properties.add("gateway.call-events.url", receiver::address);
  }

  @AfterAll
  static void stop() {
    receiver.close();
  }

  @Value("${local.gateway.port}")
  private int port;

  @Value("${local.server.port}")
  private int management;

  @Value("${gateway.dead-letters.directory}")
  private Path letters;

  @Autowired private ApplicationContext gateway;

  @BeforeEach
  void forget() {
    receiver.becomes(Manner.TAKES);
    await().atMost(SOON).until(() -> metrics().contains("gateway_call_events_queue 0.0"));
    receiver.forget();
    Hooks.burnLetters(letters);
  }

  // ---- a receiver that takes what it is told

  @Test
  void aReceiverIsToldOfACallFromItsHookToItsEnd() {
    String sid = UUID.randomUUID().toString();
    Hooks hooks = new Hooks(port);

    hooks.call(Hooks.newCall(sid));
    await().atMost(SOON).until(() -> receiver.ids().contains(sid + ":dialling"));
    hooks.event("/livekit-api/dial", EventReceiver.failedDial(sid));

    await().atMost(SOON).until(() -> receiver.ids().contains(sid + ":failed"));
    JsonNode event = receiver.taken().get(receiver.taken().size() - 1);
    assertThat(event.path("version").asInt()).isEqualTo(1);
    assertThat(event.path("old_state").asText()).isEqualTo("dialling");
    assertThat(event.path("call").path("to").asText()).isEqualTo("+15550001000");
    assertThat(event.path("call").path("cause_code").asText()).isEqualTo("wrong_password");
    assertThat(Hooks.letters(letters)).isEmpty();
  }

  @Test
  void aPostGoesToTheWholeAddressAndIsSigned() {
    tell("aPost", CallState.RECEIVED);

    await().atMost(SOON).until(() -> receiver.requests.size() == 1);
    RecordedRequest request = receiver.requests.element();
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getUrl().queryParameter("token")).isEqualTo(EventReceiver.SECRET);
    assertThat(request.getUrl().querySize()).isEqualTo(2);
    assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("Gateway-Signature")).endsWith("v1=" + code(request));
  }

  @Test
  void theEventsOfACallStayInOrderWhenTheReceiverFailsForAWhile() {
    receiver.becomes(Manner.REFUSES);
    List<String> sids = IntStream.range(0, 20).mapToObj(i -> UUID.randomUUID().toString()).toList();

    sids.forEach(sid -> Stream.of(CallState.values()).forEach(state -> tell(sid, state)));
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> receiver.requests.size() > 8);
    receiver.becomes(Manner.TAKES);

    await().atMost(SOON).until(() -> receiver.ids().size() == 20 * CallState.values().length);
    assertThat(sids)
        .allSatisfy(
            sid ->
                assertThat(receiver.ids().stream().filter(id -> id.startsWith(sid)))
                    .containsExactlyElementsOf(idsOf(sid)));
  }

  @Test
  void aSecondReceiverGetsTheEventAndNotTheAnswerOfTheFirst() throws IOException {
    Path file = FOLDER.resolve("all.jsonl");

    tell("two", CallState.RECEIVED);

    await().atMost(SOON).until(() -> Files.exists(file) && text(file).contains("two:received"));
    assertThat(text(file)).doesNotContain("thank you");
  }

  // ---- a receiver that does not

  @Test
  void anEventThatNobodyTakesBecomesALetterWithItsCallAndWithoutTheAddress(CapturedOutput output) {
    receiver.becomes(Manner.REFUSES);

    tell("nobody", CallState.TALKING);

    await().atMost(SOON).until(() -> Hooks.letters(letters).size() == 1);
    JsonNode letter = Hooks.letters(letters).get(0);
    assertThat(letter.path("call_sid").asText()).isEqualTo("nobody");
    assertThat(letter.path("route").asText()).isEqualTo("post-call-event");
    assertThat(letter.path("step").asText()).isEqualTo("post-event");
    assertThat(letter.path("cause").asText()).isEqualTo("CALL_EVENTS_URL answered HTTP 503");
    assertThat(letter.path("content_type").asText()).isEqualTo("application/json");
    assertThat(EventReceiver.ids(List.of(letter))).containsExactly("nobody:talking");
    assertThat(receiver.requests).hasSize(6);
    assertThat(metrics()).contains("route=\"post-call-event\",step=\"post-event\"");
    assertThat(output + metrics() + letter).doesNotContain("s3cret");
    assertThat(output).doesNotContain("5550002000");
  }

  @Test
  void nothingTellsTheAddressWhenTheConnectionBreaks(CapturedOutput output) {
    receiver.becomes(Manner.BREAKS_OFF);

    tell("broken", CallState.TALKING);

    await().atMost(SOON).until(() -> Hooks.letters(letters).size() == 1);
    assertThat(output)
        .contains(
            "call=broken post-call-event failed at post-event: CALL_EVENTS_URL broke the connection off.");
    assertThat(output + metrics() + Hooks.letters(letters)).doesNotContain("s3cret");
  }

  @Test
  void aReceiverThatHangsIsGivenUpAfterSomeSeconds() {
    receiver.becomes(Manner.HANGS);

    tell("hangs", CallState.TALKING);

    await().atMost(SOON).until(() -> receiver.requests.size() > 1);
  }

  @Test
  void whatFindsNoRoomBecomesLettersOfManyEventsAndNobodyWaits() {
    receiver.becomes(Manner.HANGS);

    long start = System.nanoTime();
    IntStream.range(0, 3000).forEach(i -> tell(UUID.randomUUID().toString(), CallState.RECEIVED));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    await().atMost(SOON).until(() -> lost().size() == 3000 - 808);
    assertThat(lost()).doesNotHaveDuplicates();
    assertThat(Hooks.letters(letters))
        .hasSizeLessThan(20)
        .allMatch(letter -> letter.path("cause").asText().contains("too slow"));
    assertThat(metrics())
        .contains("gateway_call_events_queue 808.0", "gateway_call_events_lost_total 2192.0");
  }

  // ---- helpers

  private void tell(String sid, CallState state) {
    EventReceiver.tell(gateway, sid, state);
  }

  private List<String> lost() {
    return EventReceiver.ids(Hooks.letters(letters));
  }

  private String metrics() {
    return Hooks.ofOperator(management).get("/prometheus").body();
  }

  private static List<String> idsOf(String sid) {
    return Stream.of(CallState.values()).map(state -> sid + ":" + state.word()).toList();
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file);
  }

  private static String code(RecordedRequest request) {
    String time = request.getHeaders().get("Gateway-Signature").replaceAll("t=(\\d+),.*", "$1");
    byte[] signed = (time + ".").getBytes(StandardCharsets.UTF_8);
    byte[] body = request.getBody().toByteArray();
    return HexFormat.of().formatHex(Hmac.of(Hmac.key("receiver-secret"), signed, body));
  }
}
