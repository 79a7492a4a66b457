package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.jambonz.RecordedHook;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import livekit.LivekitAgent.Job;
import livekit.LivekitModels.Room;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/** What Jambonz gets when it asks what to do with a call. */
@GatewayTest
@TestPropertySource(properties = "gateway.dead-letters.directory=target/dead-letters/call-hook")
class CallHookTest {

  private static final JsonMapper JSON = new JsonMapper();

  @Autowired private SandboxLiveKit livekit;

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
  }

  @Test
  void theRoomAndItsAgentAreThereBeforeTheAnswerIs() throws Exception {
    Reply reply = hooks.call(Hooks.newCall(sid));

    assertThat(reply.verbs()).isEqualTo("dial hangup");
    assertThat(reply.dial().at("/target/0/sipUri").asText())
        .startsWith("sip:call-" + sid + "@sandbox.invalid");
    Room room = room();
    assertThat(room.getEmptyTimeout()).isEqualTo(20 + 30);
    assertThat(room.getDepartureTimeout()).isPositive();
    assertThat(room.getMaxParticipants()).isPositive();
    JsonNode told = JSON.readTree(room.getMetadata());
    assertThat(told.path("call_sid").asText()).isEqualTo(sid);
    assertThat(told.path("from_e164").asText()).isEqualTo("+15550002000");
    assertThat(told.path("version").asInt()).isEqualTo(1);
  }

  @Test
  void theAgentGetsTheSameMetadataAsTheRoom() {
    hooks.call(Hooks.newCall(sid));

    Job job = awaitJob();
    assertThat(job.getAgentName()).isEqualTo("voice-agent");
    assertThat(job.getMetadata()).isEqualTo(room().getMetadata());
  }

  @Test
  void theSameHookAgainGetsTheSameAnswerAndNoSecondAgent() {
    Reply first = hooks.call(Hooks.newCall(sid));
    awaitJob();

    Reply second = hooks.call(Hooks.newCall(sid));

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(livekit.jobs("call-" + sid)).hasSize(1);
  }

  @Test
  void theCalledNumbersPlanDecides() throws Exception {
    Reply reply =
        hooks.call(
            """
            {"call_sid": "%s", "direction": "inbound", "from": "anonymous", "to": "+15550007777",
             "sip": {"headers": {"X-Customer": "42", "via": "hidden"}}}"""
                .formatted(sid));

    JsonNode dial = reply.dial();
    assertThat(dial.path("timeout").asInt()).isEqualTo(30);
    assertThat(dial.path("callerId").asText()).isEqualTo("+15550007777");
    assertThat(dial.at("/headers/X-Queue").asText()).isEqualTo("special");
    assertThat(awaitJob().getAgentName()).isEqualTo("special-agent");
    JsonNode told = JSON.readTree(room().getMetadata());
    assertThat(told.path("tenant_id").asText()).isEqualTo("acme");
    assertThat(told.at("/headers/X-Customer").asText()).isEqualTo("42");
    assertThat(told.path("headers")).hasSize(1);
  }

  @Test
  void theApplicationsVariablesInJambonzWinOverThePlan() {
    Reply reply =
        hooks.call(
            """
            {"call_sid": "%s", "from": "+15550002000", "to": "03012345670",
             "env_vars": {"agent": "sales-agent", "country": "DE", "fallback": "decline:486",
                          "dial_timeout": "12"}}"""
                .formatted(sid));

    assertThat(reply.dial().path("timeout").asInt()).isEqualTo(12);
    assertThat(reply.dial().at("/headers/X-Gateway-To").asText()).isEqualTo("+493012345670");
    assertThat(livekit.dispatchedAgents("call-" + sid)).containsExactly("sales-agent");
  }

  @Test
  void jambonzsPortalLearnsWhichVariablesThereAre() {
    Reply reply = hooks.send("OPTIONS", "/livekit-api");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().at("/agent/type").asText()).isEqualTo("string");
    assertThat(reply.json().at("/agent/default").asText()).isEqualTo("voice-agent");
    assertThat(reply.json().has("fallback")).isTrue();
    assertThat(reply.json().has("country")).isTrue();
  }

  static List<RecordedHook> recordedNewCalls() {
    return RecordedHook.posted().stream().filter(RecordedHook::isNewCall).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recordedNewCalls")
  void everyNewCallThatARealJambonzPostedIsDialled(RecordedHook hook) {
    Reply reply = hooks.call("/livekit-api", hook.bytes(), hook.contentType());

    assertThat(reply.verbs()).isEqualTo("dial hangup");
  }

  @Test
  void aPortalsCountryChoosesTheEntryToo() {
    Reply reply =
        hooks.call(
            """
            {"call_sid": "%s", "from": "+15550002000", "to": "03099999999",
             "env_vars": {"country": "DE"}}"""
                .formatted(sid));

    assertThat(reply.verbs()).isEqualTo("dial hangup");
    assertThat(livekit.dispatchedAgents("call-" + sid)).containsExactly("berlin-agent");
  }

  @Test
  void aCallThatJambonzPlacedByRestIsTakenToTheAgentOfItsOwnNumber() {
    Reply reply =
        hooks.call(
            """
            {"call_sid": "%s", "direction": "outbound", "from": "+15550007777",
             "to": "+15550002000", "sip_status": 200, "call_status": "in-progress",
             "fs_sip_address": "198.51.100.7:5070", "defaults": {}, "env_vars": {}}"""
                .formatted(sid));

    assertThat(reply.dial().at("/headers/X-Queue").asText()).isEqualTo("special");
    assertThat(livekit.dispatchedAgents("call-" + sid)).containsExactly("special-agent");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"call_sid\": \"SID\", \"call_status\": \"in-progress\", \"direction\": \"inbound\"}",
        "{\"call_sid\": \"SID\", \"call_status\": \"trying\", \"fs_sip_address\": \"1.2.3.4\"}",
        "{\"call_sid\": \"SID\", \"call_status\": \"ringing\", \"direction\": \"outbound\","
            + " \"parent_call_sid\": \"p\"}",
      })
  void anEventThatBelongsToTheStatusHookStartsNoCall(String event) {
    int before = livekit.count("CreateRoom");

    Reply reply = hooks.call(event.replace("SID", sid));

    assertThat(reply.verbs()).isEqualTo("pause");
    assertThat(livekit.count("CreateRoom")).isEqualTo(before);
  }

  @Test
  void aLegThatBecameACallOfItsOwnIsNoted() {
    assertThat(hooks.event("/adulting", "{}").status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE"})
  void aWrongMethodIsToldTheRightOne(String method) {
    Reply reply = hooks.send(method, "/livekit-api");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.body()).contains("must be POST").contains("portal");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nothing                | ``                     | application/json",
        "an empty object        | {}                     | application/json",
        "a list                 | []                     | application/json",
        "no JSON                | hello                  | application/json",
        "half a hook            | {\"call_sid\": \"a     | application/json",
        "another type           | {\"call_sid\": \"a\"}  | text/plain",
        "a form                 | call_sid=a&to=b        | application/x-www-form-urlencoded",
        "half a form            | call_sid               | application/x-www-form-urlencoded",
        "parts                  | --x                    | multipart/form-data; boundary=x",
        "a path for an id       | {\"call_sid\": \"../../x\"}        | application/json",
        "a header in the id     | {\"call_sid\": \"a\\r\\nX-A: b\"}  | application/json",
        "an id that is a number | {\"call_sid\": null}               | application/json",
      })
  void whatCannotBeReadIsKeptAndItsCallerGetsTheFallback(String name, String body, String type) {
    int before = Hooks.letters(letters).size();

    Reply reply = hooks.call("/livekit-api", body.getBytes(StandardCharsets.UTF_8), type);

    assertThat(reply.verbs()).isEqualTo("play sip:decline:480 hangup");
    assertThat(Hooks.letters(letters)).hasSize(before + 1);
    assertThat(Hooks.letters(letters))
        .anySatisfy(
            letter -> {
              assertThat(letter.path("body").asText()).isEqualTo(body);
              assertThat(letter.path("step").asText()).isEqualTo("read-call");
              assertThat(letter.path("cause").asText()).isNotBlank();
            });
  }

  @Test
  void aBodyThatIsNoTextIsKeptByteByByte() {
    byte[] body = {'{', (byte) 0xff, (byte) 0xfe, 0, '}'};

    hooks.call("/livekit-api", body, "application/json");

    assertThat(Hooks.letters(letters))
        .anySatisfy(
            letter ->
                assertThat(
                        java.util.Base64.getDecoder().decode(letter.path("body_base64").asText()))
                    .isEqualTo(body));
  }

  @Test
  void aBodyThatIsTooLargeIsNotReadFurther() {
    String filler = "x".repeat(300 * 1024);

    Reply reply = hooks.call("{\"call_sid\": \"%s\", \"filler\": \"%s\"}".formatted(sid, filler));

    assertThat(reply.verbs()).isEqualTo("play sip:decline:480 hangup");
    assertThat(livekit.rooms()).noneMatch(room -> room.getName().equals("call-" + sid));
  }

  @Test
  void aBodyThatFillsTheMemoryIsNotTakenAndItsCallerGetsTheFallback() {
    String filler = "x".repeat(600 * 1024);

    Reply reply = hooks.call("{\"call_sid\": \"%s\", \"filler\": \"%s\"}".formatted(sid, filler));

    assertThat(reply.verbs()).isEqualTo("play sip:decline:480 hangup");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\\"><script>alert(1)</script>",
        "+1555\\r\\nX-Evil: 1",
        "\\ud83d\\ude00",
        "a\\u0000b",
        "' OR 1=1 --",
        "anonymous",
        "",
        "101",
        "alice"
      })
  void noNameOrNumberOfACallerStopsHisCall(String party) {
    Reply reply =
        hooks.call(
            """
            {"call_sid": "%s", "from": "%s", "to": "%s", "caller_name": "\\"%s\\""}"""
                .formatted(sid, party, party, party));

    assertThat(reply.verbs()).isEqualTo("dial hangup");
    reply
        .dial()
        .path("headers")
        .forEach(value -> assertThat(value.asText()).matches("[\\x20-\\x7e]*"));
  }

  @Test
  void nullsAndNumbersAndDoubledKeysDoNotStopACallEither() {
    assertThat(
            hooks
                .call(
                    """
                    {"call_sid": "%s", "from": 15550002000, "from": 15550002001, "to": null,
                     "caller_name": null, "sip": null, "env_vars": null, "direction": null}"""
                        .formatted(sid))
                .dial()
                .path("callerId")
                .asText())
        .isEqualTo("15550002001");
  }

  @Test
  void theOldWayDialsTheNumberAndRegistersNothing() {
    int before = livekit.count("CreateRoom");

    Reply reply =
        hooks.call(
            "/livekit-simple",
            Hooks.newCall(sid).getBytes(StandardCharsets.UTF_8),
            "application/json");

    assertThat(reply.dial().at("/target/0/sipUri").asText()).startsWith("sip:+15550001000@");
    assertThat(livekit.count("CreateRoom")).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/livekit-api    | \"sip\": {\"headers\": {\"X-Authenticated-User\": \"voice-gateway@realm.test\"}}",
        "/livekit-simple | \"sip\": {\"headers\": {\"X-Authenticated-User\": \"voice-gateway@realm.test\"}}",
        "/livekit-api    | \"originating_sip_trunk_name\": \"voice-gateway\"",
        "/livekit-simple | \"originating_sip_trunk_name\": \"Voice-Gateway\"",
        "/livekit-simple | \"sip\": {\"headers\": {\"X-Gateway-Leg\": \"forged\"}}",
      })
  void aLegThatLiveKitCallsByItselfIsDeclinedAndNeverRegistered(String path, String mark) {
    int rooms = livekit.count("CreateRoom");

    Reply reply =
        hooks.call(
            path,
            """
            {"call_sid": "%s", "direction": "inbound", "from": "+15550002000",
             "to": "+15550001000", "defaults": {}, %s}"""
                .formatted(sid, mark)
                .getBytes(StandardCharsets.UTF_8),
            "application/json");

    assertThat(reply.verbs()).isEqualTo("sip:decline:403 hangup");
    assertThat(livekit.count("CreateRoom")).isEqualTo(rooms);
    assertThat(Hooks.letters(letters)).isEmpty();
  }

  @Test
  void aSlashTooManyInThePortalCostsNoCall() {
    byte[] body = Hooks.newCall(sid).getBytes(StandardCharsets.UTF_8);

    assertThat(hooks.call("/livekit-api/", body, "application/json").verbs())
        .isEqualTo("dial hangup");
  }

  @Test
  void parametersInTheAddressChangeNothing() {
    byte[] body = Hooks.newCall(sid).getBytes(StandardCharsets.UTF_8);

    Reply reply =
        hooks.call(
            "/livekit-api?Host=evil.test&CamelHttpResponseCode=500&Content-Type=text/plain",
            body,
            "application/json");

    assertThat(reply.verbs()).isEqualTo("dial hangup");
  }

  @Test
  void theAnnouncementIsServedToTheMediaServer() {
    assertThat(hooks.send("HEAD", "/sounds/notice.wav").status()).isEqualTo(200);
    assertThat(hooks.send("GET", "/sounds/notice.wav").contentType()).contains("wav");
    assertThat(hooks.send("GET", "/sounds/none.wav").status()).isEqualTo(404);
    assertThat(hooks.send("GET", "/sounds/..%2f..%2fapplication.yaml").status()).isIn(400, 404);
  }

  @Test
  void aLoadBalancerLearnsThatTheGatewayServes() {
    assertThat(hooks.send("GET", "/health").body()).isEqualTo("{\"status\":\"UP\"}");
  }

  private Room room() {
    return livekit.rooms().stream()
        .filter(room -> room.getName().equals("call-" + sid))
        .findFirst()
        .orElseThrow();
  }

  private Job awaitJob() {
    org.awaitility.Awaitility.await().until(() -> !livekit.jobs("call-" + sid).isEmpty());
    return livekit.jobs("call-" + sid).get(0);
  }
}
