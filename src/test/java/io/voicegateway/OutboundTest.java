package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.sandbox.FarEnd;
import io.voicegateway.sandbox.OutboundLeg;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import livekit.LivekitModels.Room;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/** Persons whom LiveKit calls through Jambonz: for a call of ours, or into a talk. */
@GatewayTest
@TestPropertySource(
    properties = {"gateway.outbound.most-at-once=200", "gateway.outbound.most-a-minute=1000"})
class OutboundTest {

  private static final String JAMBONZ = "jambonz.sandbox.invalid";

  /** Numbers of the plan may be called. */
  private static final String PERSON = "+15550008889";

  private static final String OURS = "+15550007777";

  @Value("${local.gateway.port}")
  private int port;

  @Autowired private SandboxLiveKit livekit;

  private final BlockingQueue<OutboundLeg> invited = new LinkedBlockingQueue<>();
  private final String leg = UUID.randomUUID().toString();
  private Hooks hooks;

  @BeforeEach
  void prepare() {
    hooks = Hooks.ofOperator(port);
    livekit.farEnd(JAMBONZ, invited::add);
  }

  @Test
  void anAgentCallsAPersonAndTheRecordFollowsTheCallToItsEnd() throws Exception {
    Reply ordered = order("");
    String sid = ordered.json().path("call_sid").asText();
    assertThat(ordered.status()).isEqualTo(202);
    assertThat(ordered.json().path("room").asText()).isEqualTo("call-" + sid);

    OutboundLeg fromLiveKit = next();
    Reply verbs = callback(fromLiveKit);
    assertThat(verbs.verbs()).isEqualTo("tag dial hangup");
    JsonNode dial = verbs.json().path(1);
    assertThat(dial.path("target").path(0).path("number").asText()).isEqualTo(PERSON);
    assertThat(dial.path("callerId").asText()).isEqualTo(OURS);
    assertThat(dial.path("answerOnBridge").asBoolean()).isTrue();

    person(verbs, "ringing", 180);
    await().untilAsserted(() -> assertThat(record(sid, "state")).isEqualTo("ringing"));
    person(verbs, "in-progress", 200);
    fromLiveKit.answer();
    await().untilAsserted(() -> assertThat(record(sid, "state")).isEqualTo("talking"));

    Reply end = hooks.event(dial.path("actionHook").asText(), dialEnd("completed", 200, "caller"));
    assertThat(end.body()).isEqualTo("[]");
    await().untilAsserted(() -> assertThat(record(sid, "state")).isEqualTo("ended"));
    assertThat(record(sid, "cause_code")).isEqualTo("agent_hung_up");
    assertThat(record(sid, "direction")).isEqualTo("outbound");
    assertThat(record(sid, "ended_by")).isEqualTo("agent");
  }

  @ParameterizedTest(name = "{0}/{1}: LiveKit is told {2}, the record says {3}")
  @CsvSource({
    "busy,      486, 486, person_busy",
    "failed,    603, 603, person_declined",
    "failed,    404, 404, number_unknown",
    "failed,    503, 503, person_unreachable",
    "no-answer, 487, 480, person_no_answer",
    "ringing,   180, 480, person_no_answer",
  })
  void aPersonWhoCannotBeReachedIsToldInWords(String status, int sip, int code, String cause)
      throws Exception {
    String sid = order("").json().path("call_sid").asText();
    OutboundLeg fromLiveKit = next();
    Reply verbs = callback(fromLiveKit);

    Reply end =
        hooks.call(
            verbs.json().path(1).path("actionHook").asText(),
            dialEnd(status, sip, "").getBytes(java.nio.charset.StandardCharsets.UTF_8),
            "application/json");
    assertThat(end.verbs()).isEqualTo("sip:decline:" + code + " hangup");
    fromLiveKit.refuse(code);

    await().untilAsserted(() -> assertThat(record(sid, "state")).isEqualTo("failed"));
    assertThat(record(sid, "cause_code")).isEqualTo(cause);
    await().untilAsserted(() -> assertThat(rooms()).doesNotContain("call-" + sid));
  }

  @Test
  void aJambonzThatDoesNotLetLiveKitInIsToldFromAPersonWhoDeclines() {
    livekit.farEnd(JAMBONZ, FarEnd.refuses(403));

    String sid = order("").json().path("call_sid").asText();

    await()
        .untilAsserted(() -> assertThat(record(sid, "cause_code")).isEqualTo("jambonz_forbidden"));
    assertThat(record(sid, "ended_by")).isEqualTo("gateway");
  }

  @Test
  void theSameKeyIsTheSameCall() throws Exception {
    String key = UUID.randomUUID().toString();
    Reply first = order("", "Idempotency-Key", key);
    Reply again = order("", "Idempotency-Key", key);

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    next();
    assertThat(invited.poll(300, TimeUnit.MILLISECONDS)).isNull();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                              | 400",
        "[]                                                              | 400",
        "not json                                                        | 400",
        "{'to': '+15550008889', 'from': '+15550007777', 'tpo': 1}        | 400",
        "{'to': '+15550008889', 'from': '+15551234567'}                  | 400",
        "{'to': '+15550008889'}                                          | 400",
        "{'to': '+15550008889', 'from': '+15550007777', 'agent': 'a b'}  | 400",
        "{'to': '+15550008889', 'from': '+15550007777', 'metadata': 1}   | 400",
        "{'to': '+15550008889', 'from': '+15550007777', 'ringing_timeout': 1} | 400",
        "{'to': '+19005551234', 'from': '+15550007777'}                  | 403",
        "{'to': 'sip:a@evil.test', 'from': '+15550007777'}               | 403",
      })
  void anOrderThatIsWrongOrNotAllowedIsRefusedInASentence(String body, int status) {
    int calls = livekit.count("CreateSIPParticipant");

    Reply reply = hooks.event("/livekit-api/calls", body.replace('\'', '"'));

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().path("error").asText()).endsWith(".").doesNotContain("5551234");
    assertThat(livekit.count("CreateSIPParticipant")).isEqualTo(calls);
  }

  @Test
  void theAgentOfTheOrderGetsItsMetadata() throws Exception {
    String sid =
        order(", \"agent\": \"reminder\", \"metadata\": {\"appointment\": 7}")
            .json()
            .path("call_sid")
            .asText();
    next();

    Room room =
        livekit.rooms().stream()
            .filter(one -> one.getName().equals("call-" + sid))
            .findFirst()
            .orElseThrow();
    assertThat(room.getMetadata())
        .contains("\"agent\":\"reminder\"", "\"appointment\":7", "\"direction\":\"outbound\"");
  }

  @Test
  void aPersonIsCalledIntoATalkAndTheRequestIsAnsweredWhenHeAnswers() throws Exception {
    String sid = talk();

    CompletableFuture<Reply> invitation = CompletableFuture.supplyAsync(() -> invite(sid));
    OutboundLeg fromLiveKit = next();
    Reply verbs = callback(fromLiveKit);
    assertThat(verbs.verbs()).isEqualTo("tag dial hangup");
    assertThat(fromLiveKit.room()).isEqualTo("call-" + sid);
    fromLiveKit.answer();

    JsonNode outcome = invitation.get(5, TimeUnit.SECONDS).json();
    assertThat(outcome.path("result").asText()).isEqualTo("answered");
    assertThat(outcome.path("participant").asText()).startsWith("person-");
    await()
        .untilAsserted(
            () ->
                assertThat(record(sid, "timeline"))
                    .contains("is called into the room", "answered"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"486, busy", "480, no_answer", "404, refused", "603, refused"})
  void anInvitationThatFailsIsAnsweredInWordsAndTheTalkGoesOn(int sip, String result)
      throws Exception {
    String sid = talk();
    livekit.farEnd(JAMBONZ, FarEnd.refuses(sip));

    JsonNode outcome = invite(sid).json();

    assertThat(outcome.path("result").asText()).isEqualTo(result);
    assertThat(outcome.path("sip_status").asInt()).isEqualTo(sip);
    assertThat(outcome.path("words").asText()).endsWith(".");
    assertThat(rooms()).contains("call-" + sid);
  }

  @Test
  void whoeverWasInvitedDoesNotStayBehindWhenTheCallerLeaves() throws Exception {
    String sid = talk();
    CompletableFuture<Reply> invitation = CompletableFuture.supplyAsync(() -> invite(sid));
    OutboundLeg fromLiveKit = next();
    BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    fromLiveKit.onEnd(event -> ended.add(event.kind().name()));
    fromLiveKit.answer();
    invitation.get(5, TimeUnit.SECONDS);

    hooks.event(
        "/livekit-api/status",
        """
        {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000", "direction": "inbound",
         "call_status": "completed", "sip_status": 200, "call_termination_by": "caller"}"""
            .formatted(sid));

    assertThat(ended.poll(5, TimeUnit.SECONDS)).isEqualTo("BYE");
  }

  @Test
  void whoeverWasInvitedDoesNotStayBehindWhenThePersonOfAPlacedCallLeaves() throws Exception {
    String sid = order("").json().path("call_sid").asText();
    OutboundLeg ofCall = next();
    Reply verbs = callback(ofCall);
    ofCall.answer();
    CompletableFuture<Reply> invitation = CompletableFuture.supplyAsync(() -> invite(sid));
    OutboundLeg ofInvited = next();
    BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    ofInvited.onEnd(event -> ended.add(event.kind().name()));
    ofInvited.answer();
    invitation.get(5, TimeUnit.SECONDS);

    person(verbs, "completed", 200);

    assertThat(ended.poll(5, TimeUnit.SECONDS)).isEqualTo("BYE");
    await().untilAsserted(() -> assertThat(rooms()).doesNotContain("call-" + sid));
  }

  @Test
  void nobodyIsInvitedToACallThatIsNotThere() {
    Reply reply = invite("no-such-call");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(rooms()).doesNotContain("call-no-such-call");
  }

  private String talk() {
    String sid = UUID.randomUUID().toString();
    hooks.call(Hooks.newCall(sid));
    return sid;
  }

  private Reply invite(String sid) {
    return hooks.event(
        "/livekit-api/calls/" + sid + "/invite",
        "{\"to\": \"%s\", \"ringing_timeout\": 10}".formatted(PERSON));
  }

  private Reply order(String more, String... headers) {
    String body = "{\"to\": \"%s\", \"from\": \"%s\"%s}".formatted(PERSON, OURS, more);
    return hooks.post(
        "/livekit-api/calls",
        body.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        "application/json",
        headers);
  }

  private OutboundLeg next() throws InterruptedException {
    OutboundLeg next = invited.poll(5, TimeUnit.SECONDS);
    assertThat(next).as("a leg from LiveKit").isNotNull();
    return next;
  }

  private Reply callback(OutboundLeg fromLiveKit) {
    return hooks.call(
        "/livekit-api/callback",
        Hooks.legFromLiveKit(leg, fromLiveKit.headers(), fromLiveKit.to()),
        "application/json");
  }

  private void person(Reply verbs, String status, int sip) {
    hooks.event(
        "/livekit-api/status",
        """
        {"call_sid": "person-of-%s", "parent_call_sid": "%s", "direction": "outbound", "to": "%s",
         "call_status": "%s", "sip_status": %d, "fs_sip_address": "127.0.0.1:5070",
         "customerData": %s}"""
            .formatted(leg, leg, PERSON, status, sip, verbs.json().path(1).path("tag")));
  }

  private String dialEnd(String status, int sip, String by) {
    String end = by.isEmpty() ? "" : ", \"call_termination_by\": \"" + by + "\"";
    return """
        {"call_sid": "%s", "direction": "inbound", "call_status": "%s", "sip_status": 100,
         "fs_sip_address": "127.0.0.1:5070", "dial_call_status": "%s", "dial_sip_status": %d%s}"""
        .formatted(leg, by.isEmpty() ? "trying" : "completed", status, sip, end);
  }

  private List<String> rooms() {
    return livekit.rooms().stream().map(Room::getName).toList();
  }

  private String record(String sid, String field) {
    JsonNode value = hooks.get("/livekit-api/calls/" + sid).json().path(field);
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
