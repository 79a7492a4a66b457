package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.LetterDesks.Answer;
import io.voicegateway.call.record.CallState;
import io.voicegateway.deadletter.DeadLetterChannel;
import io.voicegateway.deadletter.DeadLetterChannel.Undone;
import io.voicegateway.livekit.api.LiveKits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** An operator looks at dead letters on the management port, replays them and gives them up. */
@GatewayTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "gateway.dead-letters.directory=target/dead-letters/replay",
      "gateway.ops.password=s3cret",
      "gateway.rooms.first-sweep=600000",
      "gateway.call-events.first-retry=1"
    })
class ReplayTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Path FOLDER = Path.of("target", "dead-letters", "replay");
  private static final MockWebServer LIVEKIT = new MockWebServer();
  private static final Queue<String> ASKED = new ConcurrentLinkedQueue<>();
  private static final MockResponse FINE = new MockResponse.Builder().build();
  private static final MockResponse DOWN = new MockResponse.Builder().code(503).build();

  private static volatile MockResponse answer = FINE;
  private static EventReceiver receiver;

  @DynamicPropertySource
  static void others(DynamicPropertyRegistry properties) throws IOException {
    StubbedLiveKit.start(
        LIVEKIT,
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            ASKED.add(request.getUrl().encodedPath().replaceFirst(".*/", ""));
            return answer;
          }
        },
        properties);
    receiver = new EventReceiver();
    Path routes = EventReceiver.takenInto(Path.of("target", "replay", "routes"));
    properties.add("gateway.routes", routes::toString);
    properties.add("gateway.call-events.url", receiver::address);
  }

  @AfterAll
  static void stop() {
    LIVEKIT.close();
    receiver.close();
  }

  @Autowired private LiveKits livekits;
  @Autowired private DeadLetterChannel channel;
  @Autowired private ApplicationContext gateway;

  @Value("${local.gateway.port}")
  private int port;

  @Value("${local.server.port}")
  private int management;

  private final String sid = UUID.randomUUID().toString();
  private Hooks hooks;
  private LetterDesks desk;

  @BeforeEach
  void prepare() {
    hooks = new Hooks(port);
    desk = new LetterDesks(management);
    livekits.standard().breaker().reset();
    receiver.becomes(EventReceiver.Manner.TAKES);
    answer = FINE;
    Hooks.burnLetters(FOLDER);
    ASKED.clear();
  }

  // ---- a call that was not registered

  @Test
  void aCallWhoseCallerIsOnHisWayIsRegisteredOnceHoweverOftenItIsReplayed() {
    String letter = notRegistered();
    answer = FINE;
    ASKED.clear();

    assertThat(desk.show(letter, "").path("replayable").asBoolean()).isTrue();
    assertThat(desk.replay(letter).result()).isEqualTo("replayed");
    assertThat(desk.replay(letter).result()).isEqualTo("already_replayed");

    assertThat(ASKED).containsOnlyOnce("CreateRoom");
    JsonNode shown = desk.show(letter, "");
    assertThat(shown.path("state").asText()).isEqualTo("replayed");
    assertThat(shown.path("attempts").asInt()).isOne();
    assertThat(shown.at("/handled/0/by").asText()).isEqualTo("ops");
    assertThat(shown.at("/handled/0/at").asText()).endsWith("Z");
    assertThat(desk.ids("")).isEmpty();
    assertThat(desk.ids("?state=replayed")).containsExactly(letter);
  }

  @Test
  void operatorsWhoReplayItAtTheSameTimeDoItOnce() {
    String letter = notRegistered();
    answer = new MockResponse.Builder().headersDelay(500, TimeUnit.MILLISECONDS).build();
    ASKED.clear();

    List<String> results =
        IntStream.range(0, 5)
            .mapToObj(operator -> CompletableFuture.supplyAsync(() -> desk.replay(letter)))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .map(Answer::result)
            .toList();

    assertThat(results).containsOnlyOnce("replayed");
    assertThat(results).allMatch(List.of("replayed", "already_replayed", "busy")::contains);
    assertThat(ASKED).containsOnlyOnce("CreateRoom");
  }

  @Test
  void noRoomAndNoAgentIsMadeForACallerWhoHungUp() {
    String letter = notRegistered();
    over();
    ASKED.clear();

    Answer refused = desk.replay(letter);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.result()).isEqualTo("refused");
    assertThat(refused.error()).startsWith("The call is over").endsWith("Discard the letter.");
    assertThat(ASKED).doesNotContain("CreateRoom");
    assertThat(desk.show(letter, "").path("state").asText()).isEqualTo("waiting");
  }

  @Test
  void noRoomAndNoAgentIsMadeForACallerWhoIsWithAPerson() {
    String letter = notRegistered("dial:+15550009999");
    answer = FINE;
    ASKED.clear();

    assertThat(desk.replay(letter).error()).startsWith("The call goes on without that agent");
    assertThat(ASKED).doesNotContain("CreateRoom");
  }

  @Test
  void aCallerWhoHangsUpAtThatMomentTakesTheRoomWithHim() {
    String letter = notRegistered();
    answer = new MockResponse.Builder().headersDelay(1500, TimeUnit.MILLISECONDS).build();
    ASKED.clear();

    CompletableFuture<Answer> replay = CompletableFuture.supplyAsync(() -> desk.replay(letter));
    await().atMost(SOON).until(() -> ASKED.contains("CreateRoom"));
    answer = FINE;
    over();

    assertThat(replay.join().error()).startsWith("The call is over");
    assertThat(ASKED).containsSubsequence("CreateRoom", "DeleteRoom");
  }

  @Test
  void aReplayThatFailsIsTheSameLetterWithOneMoreAttempt() {
    String letter = notRegistered();

    Answer failed = desk.replay(letter);
    desk.replay(letter);

    assertThat(failed.status()).isEqualTo(502);
    assertThat(failed.error()).contains("LiveKit CreateRoom: ", "still waits");
    assertThat(desk.ids("?state=all")).containsExactly(letter);
    JsonNode shown = desk.show(letter, "");
    assertThat(shown.path("attempts").asInt()).isEqualTo(2);
    assertThat(shown.at("/handled/1/outcome").asText()).isEqualTo("failed");
    assertThat(shown.path("body").asText()).isNotEmpty();
  }

  @Test
  void aHookThatCannotBeReadCannotBeReplayedAndSaysSo() {
    hooks.call("{\"call_id\": \"x\"}");
    String letter = desk.ids("").get(0);

    assertThat(desk.show(letter, "").path("replayable").asBoolean()).isFalse();
    assertThat(desk.replay(letter).status()).isEqualTo(409);
    assertThat(desk.replay(letter).error()).contains("cannot be read", "discard");
    assertThat(desk.show(letter, "").path("attempts").asInt(-1)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dial-ended", "waiting-caller", "ring-back", "place-call", "sweep-rooms"})
  void whatNobodyWaitsForAnyMoreCannotBeReplayed(String entry) {
    String letter = LetterDesks.write(FOLDER, "20261130-1", entry, sid, Hooks.newCall(sid));

    assertThat(desk.show(letter, "").path("advice").asText()).contains("discard it");
    assertThat(desk.replay(letter).result()).isEqualTo("refused");
    assertThat(ASKED).isEmpty();
  }

  // ---- events

  @Test
  void theStateOfALegIsWrittenDownAsOfThenAndOnce() {
    String letter =
        LetterDesks.write(
            FOLDER,
            "20261130-1",
            "call-status",
            sid,
            """
            {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000", "direction": "inbound",
             "call_status": "failed", "sip_status": 480, "call_termination_by": "caller"}"""
                .formatted(sid));

    assertThat(desk.replay(letter).result()).isEqualTo("replayed");

    await().atMost(SOON).until(() -> state().equals("failed"));
    assertThat(call().path("started_at").asText())
        .isEqualTo(desk.show(letter, "").path("time").asText());
  }

  @Test
  void whatLiveKitToldOfARoomIsWrittenDown() {
    String letter =
        LetterDesks.write(
            FOLDER,
            "20261130-1",
            "livekit-events",
            null,
            """
            {"event": "room_finished", "id": "EV_1", "room": {"name": "call-%s"}}"""
                .formatted(sid));

    assertThat(desk.replay(letter).result()).isEqualTo("replayed");

    await().atMost(SOON).until(() -> call().path("timeline").size() == 1);
    assertThat(call().path("started_at").asText())
        .isEqualTo(desk.show(letter, "").path("time").asText());
  }

  @Test
  void eventsThatTheDatabaseDidNotTakeAreWrittenDownOnce() {
    String received =
        """
        {"event": "received", "callSid": "%s", "at": "%s", "from": "+15550002000",
         "to": "+15550001000", "direction": "inbound", "agent": "a", "longestSeconds": 60}"""
            .formatted(sid, Instant.now());
    channel.keep(
        new Undone(
            "call-record", "store", "no room", null, "application/json", "[" + received + "]"));
    String letter = desk.ids("").get(0);

    assertThat(desk.replay(letter).result()).isEqualTo("replayed");
    assertThat(call().path("timeline")).hasSize(1);

    LetterDesks.write(FOLDER, "20261130-2", "call-record", null, received);
    assertThat(desk.replay("20261130-2").result()).isEqualTo("replayed");
    assertThat(call().path("timeline")).hasSize(1);
  }

  @Test
  void aCallEventIsToldAgainWithTheIdThatItHas() {
    receiver.becomes(EventReceiver.Manner.REFUSES);
    EventReceiver.tell(gateway, sid, CallState.RECEIVED);
    await().atMost(SOON).until(() -> !desk.ids("").isEmpty());
    String letter = desk.ids("").get(0);
    receiver.forget();

    assertThat(desk.replay(letter).error())
        .startsWith("It failed again: CALL_EVENTS_URL answered HTTP 503");
    assertThat(receiver.timesTold(sid + ":received")).isOne();
    receiver.becomes(EventReceiver.Manner.TAKES);
    assertThat(desk.replay(letter).result()).isEqualTo("replayed");

    assertThat(receiver.ids()).containsOnlyOnce(sid + ":received");
    assertThat(desk.ids("?state=all")).containsExactly(letter);
  }

  // ---- rooms

  @ParameterizedTest
  @ValueSource(strings = {"after-failed-dial", "room-of-gone-caller", "those-left-behind"})
  void aRoomIsDeletedAfterAllOnceItsCallIsOver(String entry) {
    hooks.call(Hooks.newCall(sid));
    await().atMost(SOON).until(() -> !state().isEmpty());
    String letter = LetterDesks.write(FOLDER, "20261130-1", entry, sid, "");

    assertThat(desk.replay(letter).error()).startsWith("The call goes on");
    assertThat(ASKED).doesNotContain("DeleteRoom");
    over();

    assertThat(desk.replay(letter).result()).isEqualTo("replayed");
    assertThat(ASKED).contains("DeleteRoom");
  }

  // ---- lists

  @Test
  void allLettersOfACauseAreReplayedAndNoOther() {
    Stream.of("1", "2", "3")
        .forEach(id -> written(id, "{\"event\": \"room_finished\", \"id\": \"E\"}"));
    LetterDesks.write(FOLDER, "20261130-4", "dial-ended", sid, "");

    JsonNode all = desk.replayAll("a cause of livekit-events");

    assertThat(all.path("done").asInt()).isEqualTo(3);
    assertThat(all.path("undone").asInt()).isZero();
    assertThat(all.path("outcomes").findValuesAsText("id"))
        .containsExactly("20261130-1", "20261130-2", "20261130-3");
    assertThat(desk.ids("")).containsExactly("20261130-4");
    assertThat(desk.ask("POST", "/replay").status()).isEqualTo(400);
  }

  @Test
  void manyThatFailInARowAreNotTriedToTheLast() {
    List<String> letters =
        IntStream.range(0, 6).mapToObj(n -> notRegistered("dial-anyway", n)).toList();
    String cause = desk.show(letters.get(0), "").path("cause").asText();

    JsonNode all = desk.replayAll(cause);

    assertThat(all.path("stopped").asBoolean()).isTrue();
    assertThat(all.path("outcomes")).hasSize(3);
    assertThat(all.path("next").asText()).isEqualTo(letters.get(2));
  }

  @Test
  void theListIsNewestFirstInPagesAndCountsTheCauses() {
    Stream.of("1", "2", "3").forEach(id -> written(id, "{}"));
    LetterDesks.write(FOLDER, "20261130-4", "dial-ended", sid, "");

    JsonNode first = desk.list("?limit=2");

    assertThat(first.path("letters").findValuesAsText("id"))
        .containsExactly("20261130-4", "20261130-3");
    assertThat(first.path("next").asText()).isEqualTo("20261130-3");
    assertThat(first.path("waiting").asInt()).isEqualTo(4);
    assertThat(first.at("/causes/0/cause").asText()).isEqualTo("a cause of livekit-events");
    assertThat(first.at("/causes/0/count").asInt()).isEqualTo(3);
    assertThat(desk.ids("?limit=2&before=20261130-3")).containsExactly("20261130-2", "20261130-1");
    assertThat(desk.ids("?cause=a+cause+of+dial-ended")).containsExactly("20261130-4");
  }

  @Test
  void whatIsGivenUpIsShownWithoutItsOriginalAndIsNotReplayed() {
    String letter = written("1", "{\"secret\": 1}");

    assertThat(desk.discard(letter).result()).isEqualTo("discarded");
    assertThat(desk.discard(letter).status()).isEqualTo(200);

    assertThat(desk.replay(letter).status()).isEqualTo(409);
    assertThat(desk.ids("")).isEmpty();
    JsonNode shown = desk.show(letter, "?full=true");
    assertThat(shown.path("state").asText()).isEqualTo("discarded");
    assertThat(shown.at("/handled/0/by").asText()).isEqualTo("ops");
    assertThat(shown.has("body")).isFalse();
  }

  @Test
  void numbersNamesAndSettingsAreMaskedUnlessAskedFor() {
    String body =
        """
        {"from": "+15550002000", "to": "anna.schmidt", "env_vars": {"key": {"deep": "s3cret"}},
         "sip": {"headers": {"P-Asserted-Identity": "<sip:+15550002000@x>"}, "n": 15550002000}}""";
    String letter = written("1", body);

    assertThat(desk.show(letter, "").path("body").asText())
        .contains("***000", "***idt")
        .doesNotContain("5550002000", "anna", "s3cret", "deep");
    assertThat(desk.show(letter, "?full=true").path("body").asText()).isEqualTo(body);
    assertThat(desk.list("").toString()).doesNotContain("5550002000").doesNotContain("body");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,''",
    "GET,/x",
    "POST,/x/replay",
    "POST,/replay?cause=x",
    "DELETE,/x",
    "DELETE,?cause=x"
  })
  void nobodyDoesAnyOfItWithoutTheLogin(String method, String path) {
    assertThat(desk.ask(method, path, "").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/no-such-letter,404",
    "POST,/no-such-letter/replay,404",
    "DELETE,/a.b,404",
    "GET,/a.b,404",
    "GET,?state=lost,400",
    "GET,?limit=501,400",
    "GET,?limit=0,400"
  })
  void whatIsNotThereOrNotUnderstoodIsSaid(String method, String path, int status) {
    Answer answer = desk.ask(method, path);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.error()).isNotEmpty();
  }

  // ---- helpers

  private static String written(String id, String body) {
    return LetterDesks.write(FOLDER, "20261130-" + id, "livekit-events", null, body);
  }

  private String notRegistered() {
    return notRegistered("dial-anyway");
  }

  /** The letter of a call that LiveKit did not register; its caller gets the given rung. */
  private String notRegistered(String rung) {
    return notRegistered(sid, rung);
  }

  private String notRegistered(String rung, int number) {
    return notRegistered(sid + "-" + number, rung);
  }

  private String notRegistered(String callSid, String rung) {
    answer = DOWN;
    hooks.call(
        """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "+15550001000",
         "env_vars": {"fallback": "%s"}}"""
            .formatted(callSid, rung));
    await().atMost(SOON).until(() -> !call(callSid).path("rungs").isEmpty());
    return desk.ids("").get(0);
  }

  private void over() {
    hooks.event(
        "/livekit-api/status",
        """
        {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000", "direction": "inbound",
         "call_status": "completed", "sip_status": 200, "call_termination_by": "caller",
         "duration": 1}"""
            .formatted(sid));
    await().atMost(SOON).until(() -> List.of("ended", "failed").contains(state()));
  }

  private String state() {
    return call().path("state").asText();
  }

  private JsonNode call() {
    return call(sid);
  }

  private JsonNode call(String callSid) {
    Hooks.Reply reply =
        hooks.get("/livekit-api/calls/" + callSid, "Authorization", Switches.login());
    return reply.status() == 200 ? reply.json() : new JsonMapper().createObjectNode();
  }
}
