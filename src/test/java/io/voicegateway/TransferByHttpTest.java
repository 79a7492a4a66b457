package io.voicegateway;

import static io.voicegateway.JambonzCalls.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvent.TransferBegun;
import io.voicegateway.call.record.CallEvent.TransferRefused;
import io.voicegateway.jambonz.RecordedHook;
import io.voicegateway.livekit.api.LiveKits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
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
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A transfer that is asked for by HTTP goes through Jambonz's live call control. */
@GatewayTest
@Import(HeardEvents.class)
@TestPropertySource(
    properties = {
      "gateway.plan.file=src/test/resources/transfer-plan.yaml",
      "gateway.jambonz.public-url=https://gateway.example.test",
      "gateway.ops.user=ops",
      "gateway.ops.password=s3cret"
    })
class TransferByHttpTest {

  private static final String PUBLIC = "https://gateway.example.test";
  private static final String LOGIN =
      "Basic " + Base64.getEncoder().encodeToString("ops:s3cret".getBytes(StandardCharsets.UTF_8));
  private static final JsonMapper JSON = new JsonMapper();
  private static final MockWebServer JAMBONZ = new MockWebServer();

  @DynamicPropertySource
  static void jambonz(DynamicPropertyRegistry properties) throws IOException {
    JambonzCalls.start(JAMBONZ, properties);
  }

  @AfterAll
  static void stop() {
    JAMBONZ.close();
  }

  @Autowired private HeardEvents heard;
  @Autowired private LiveKits livekits;

  @Value("${local.gateway.port}")
  private int port;

  private final String sid = UUID.randomUUID().toString();
  private Hooks hooks;

  @BeforeEach
  void aCall() {
    hooks = new Hooks(port);
    hooks.call(
        """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "+493012345670",
         "env_vars": {"agent": "berlin-agent", "caller_id": "+15550004444",
                      "fallback": "dial-anyway, decline:486", "password": "word"}}"""
            .formatted(sid));
  }

  @Test
  void jambonzLetsTheCallAskUsAndTheAnswerDialsThePerson() throws Exception {
    JAMBONZ.enqueue(answer(202));

    Reply taken = transfer("{\"to\": \"sales\"}");

    assertThat(taken.status()).isEqualTo(202);
    assertThat(taken.json().path("call_sid").asText()).isEqualTo(sid);
    assertThat(taken.json().path("result").asText())
        .startsWith("Jambonz took the transfer to ***671.");
    RecordedRequest request = JAMBONZ.takeRequest();
    assertThat(request.getRequestLine())
        .isEqualTo("PUT /v1/Accounts/account-1/Calls/" + sid + " HTTP/1.1");
    JsonNode hook = JSON.readTree(request.getBody().utf8()).path("call_hook");
    assertThat(hook.path("method").asText()).isEqualTo("POST");
    assertThat(hook.path("url").asText())
        .startsWith(PUBLIC + "/livekit-api/refer?then=")
        .doesNotContain("3671");

    JsonNode dial = Hooks.playable(redirected(hook, "in-progress")).dial();

    assertThat(dial.at("/target/0/number").asText()).isEqualTo("+15550003671");
    assertThat(dial.path("callerId").asText())
        .as("by the application's variables")
        .isEqualTo("+15550004444");
    assertThat(heard.of(sid, TransferBegun.class))
        .extracting(TransferBegun::rung, TransferBegun::by, TransferBegun::leg)
        .containsExactly(tuple("transfer:sales", "HTTP", null));

    JsonNode back = ended(dial, "busy").dial();
    assertThat(back.at("/target/0/sipUri").asText()).contains("call-" + sid);
    assertThat(ended(back, "busy").verbs()).isEqualTo("pause hangup");
  }

  @Test
  void aCallerWhoCameByCallbackGoesBackByCallback() throws Exception {
    String other = "other-" + sid;
    hooks.call(
        """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "+493012345670",
         "env_vars": {"connect": "callback", "fallback": "agent, decline:486"}}"""
            .formatted(other));
    await().until(() -> livekits.standard().rooms().exists("call-" + other));
    JAMBONZ.enqueue(answer(202));
    assertThat(transfer(other, "{\"to\": \"sales\"}").status()).isEqualTo(202);
    String refer = path(hookOf(JAMBONZ.takeRequest()));

    Reply person = Hooks.playable(hooks.event(refer, bodyOfCaller(other, "in-progress")));

    assertThat(person.verbs()).isEqualTo("dial hangup");
    assertThat(Hooks.playable(ended(other, person.dial(), "busy")).verbs())
        .startsWith("tag play redirect")
        .doesNotContain("dial");
  }

  /** What becomes of the first leg must not be taken for what becomes of the next one. */
  @Test
  void whoeverIsRungBackOnceMoreMeetsALegOfItsOwn() throws Exception {
    String other = "other-" + sid;
    Reply first =
        hooks.call(
            """
            {"call_sid": "%s", "direction": "inbound", "from": "+15550002000",
             "to": "+493012345670", "env_vars": {"connect": "callback", "fallback": "notice, decline:480"}}"""
                .formatted(other));
    await().until(() -> livekits.standard().rooms().exists("call-" + other));

    Reply second = afterTransfer(other, "busy-leg");
    Reply third = afterTransfer(other, "another-busy-leg");

    assertThat(List.of(attempt(first), attempt(second), attempt(third))).doesNotHaveDuplicates();
  }

  private Reply afterTransfer(String callSid, String leg) throws Exception {
    JAMBONZ.enqueue(answer(202));
    assertThat(transfer(callSid, "{\"to\": \"sales\"}").status()).isEqualTo(202);
    String refer = path(hookOf(JAMBONZ.takeRequest()));
    JsonNode dial = Hooks.playable(hooks.event(refer, bodyOfCaller(callSid, "in-progress"))).dial();
    Reply back = ended(callSid, dial, "busy\", \"dial_call_sid\": \"" + leg);
    Reply again = ended(callSid, dial, "busy\", \"dial_call_sid\": \"" + leg);
    assertThat(back.verbs()).startsWith("tag play redirect");
    assertThat(attempt(again)).isEqualTo(attempt(back));
    return back;
  }

  private static String attempt(Reply waits) {
    return waits.json().path(0).at("/data/gateway_attempt").asText();
  }

  @Test
  void aNationalNumberHasTheCountryOfTheCalledOne() throws Exception {
    JAMBONZ.enqueue(answer(202));

    assertThat(transfer("{\"to\": \"030 99999999\"}").status()).isEqualTo(202);

    assertThat(number(redirected(hookOf(JAMBONZ.takeRequest()), "in-progress")))
        .isEqualTo("+493099999999");
  }

  @Test
  void withoutARoomThatTellsOfTheCallThePlanIsThatOfTheCalledNumber() throws Exception {
    livekits.standard().rooms().delete("call-" + sid);
    JAMBONZ.enqueue(answer(202));

    assertThat(transfer("{\"to\": \"tel:+493099999999\"}").status()).isEqualTo(202);

    JsonNode dial = redirected(hookOf(JAMBONZ.takeRequest()), "in-progress").dial();
    assertThat(dial.at("/target/0/number").asText()).isEqualTo("+493099999999");
    assertThat(dial.path("callerId").asText()).isEqualTo("+15550002000");
  }

  @ParameterizedTest(name = "[{index}] {0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                  | 400",
        "sales                               | 400",
        "[]                                  | 400",
        "{}                                  | 400",
        "{\"to\": 30}                        | 400",
        "{\"to\": \" \"}                     | 400",
        "{\"to\": \"somebody\"}              | 400",
        "{\"to\": \"tel:+4930123;ext=5\"}    | 400",
        "{\"to\": \"+49301234567\\r\\nX: 1\"} | 400",
        "{\"to\": \"+19005551234\"}          | 403",
        "{\"to\": \"+499001123456\"}         | 403",
        "{\"to\": \"sip:a@evil.example.test\"} | 403",
      })
  void aTargetThatMayNotBeIsNotAskedOfJambonz(String body, int status) {
    int asked = JAMBONZ.getRequestCount();

    Reply reply = transfer(body);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().path("error").asText())
        .endsWith(".")
        .doesNotContain("9005551234", "499001123456");
    assertThat(JAMBONZ.getRequestCount()).isEqualTo(asked);
  }

  @Test
  void aRefusalIsInTheRecord() {
    transfer("{\"to\": \"+19005551234\"}");

    assertThat(heard.of(sid, TransferRefused.class))
        .extracting(TransferRefused::target)
        .containsExactly("***234");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 422})
  void aCallThatJambonzDoesNotHaveIsNotFound(int answer) throws InterruptedException {
    JAMBONZ.enqueue(answer(answer));

    Reply reply = transfer("{\"to\": \"sales\"}");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json().path("error").asText()).startsWith("There is no such call");
    JAMBONZ.takeRequest();
  }

  @Test
  void anUnknownCallIsNotFoundAndLeavesNoRecord() throws InterruptedException {
    JAMBONZ.enqueue(answer(404));

    assertThat(transfer("nobody", "{\"to\": \"sales\"}").status()).isEqualTo(404);
    assertThat(transfer("a%20b", "{\"to\": \"sales\"}").status()).isEqualTo(404);
    assertThat(transfer("nobody", "{\"to\": \"+19005551234\"}").status()).isEqualTo(403);

    assertThat(heard.of("nobody", CallEvent.class)).isEmpty();
    JAMBONZ.takeRequest();
  }

  @Test
  void aJambonzThatRefusesIsNamedAndItsKeyIsNot() throws InterruptedException {
    JAMBONZ.enqueue(answer(401));

    Reply reply = transfer("{\"to\": \"sales\"}");

    assertThat(reply.status()).isEqualTo(502);
    assertThat(reply.body()).contains("Jambonz", "HTTP 401").doesNotContain("key-of-the-account");
    JAMBONZ.takeRequest();
  }

  @Test
  void nobodyAsksWithoutTheLogin() {
    int asked = JAMBONZ.getRequestCount();

    Reply reply = hooks.event("/livekit-api/calls/" + sid + "/transfer", "{\"to\": \"sales\"}");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(JAMBONZ.getRequestCount()).isEqualTo(asked);
  }

  // ---- the hook that Jambonz posts then

  @Test
  void aCallThatStillRingsGoesOnRinging() throws Exception {
    JsonNode hook = ordered();

    Reply reply = redirected(hook, "trying");

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body()).isEmpty();
    assertThat(heard.of(sid, TransferRefused.class))
        .extracting(TransferRefused::why)
        .containsExactly("The call is not answered yet, or it is over.");
  }

  @Test
  void whatWasAllowedForOneCallHoldsForNoOther() throws Exception {
    JsonNode hook = ordered();

    Reply reply = hooks.event(path(hook), bodyOfCaller("other-" + sid, "in-progress"));

    assertThat(reply.status()).isEqualTo(403);
  }

  @Test
  void aRecordedRedirectIsAnswered() throws Exception {
    RecordedHook recorded =
        RecordedHook.posted().stream()
            .filter(hook -> hook.scenario().equals("rest/redirect-during-dial/07-session-redirect"))
            .findFirst()
            .orElseThrow();
    String body =
        recorded.rawBody().replaceFirst("\"call_sid\":\"[^\"]+\"", "\"call_sid\":\"" + sid + "\"");

    Reply reply = hooks.event(path(ordered()), body);

    assertThat(Hooks.playable(reply).verbs()).isEqualTo("dial hangup");
  }

  private JsonNode ordered() throws Exception {
    JAMBONZ.enqueue(answer(202));
    assertThat(transfer("{\"to\": \"sales\"}").status()).isEqualTo(202);
    return hookOf(JAMBONZ.takeRequest());
  }

  private static JsonNode hookOf(RecordedRequest request) throws IOException {
    return JSON.readTree(request.getBody().utf8()).path("call_hook");
  }

  private static String number(Reply reply) {
    return Hooks.playable(reply).dial().at("/target/0/number").asText();
  }

  private Reply redirected(JsonNode hook, String callStatus) {
    return hooks.event(path(hook), bodyOfCaller(sid, callStatus));
  }

  private static String path(JsonNode hook) {
    return hook.path("url").asText().substring(PUBLIC.length());
  }

  private static String bodyOfCaller(String callSid, String callStatus) {
    return """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "+493012345670",
         "call_status": "%s", "sip_status": 200, "fs_sip_address": "127.0.0.1:5070"}"""
        .formatted(callSid, callStatus);
  }

  private Reply ended(JsonNode dial, String status) {
    return ended(sid, dial, status);
  }

  private Reply ended(String callSid, JsonNode dial, String status) {
    return hooks.event(
        dial.path("actionHook").asText().substring(PUBLIC.length()),
        """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "+493012345670",
         "call_status": "in-progress", "dial_call_status": "%s", "dial_sip_status": 486}"""
            .formatted(callSid, status));
  }

  private Reply transfer(String body) {
    return transfer(sid, body);
  }

  private Reply transfer(String callSid, String body) {
    return hooks.post(
        "/livekit-api/calls/" + callSid + "/transfer",
        body.getBytes(StandardCharsets.UTF_8),
        "application/json",
        "Authorization",
        LOGIN);
  }
}
