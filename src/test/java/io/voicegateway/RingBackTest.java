package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.sandbox.FarEnd;
import io.voicegateway.sandbox.OutboundLeg;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.Room;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

/** The way in by which LiveKit rings back, hook by hook as a real Jambonz posts them. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
    properties = {"gateway.rooms.delete-again=300", "gateway.rooms.stopped-asking=1s"})
class RingBackTest {

  private static final String JAMBONZ = "jambonz.sandbox.invalid";
  private static final String WAIT = "tag play redirect play redirect sip:decline:480 hangup";
  private static final String WAIT_ON = "play redirect play redirect sip:decline:480 hangup";

  @Value("${local.gateway.port}")
  private int port;

  @Autowired private SandboxLiveKit livekit;

  private final BlockingQueue<OutboundLeg> invited = new LinkedBlockingQueue<>();
  private final String sid = UUID.randomUUID().toString();
  private Hooks hooks;

  @BeforeEach
  void prepare() {
    hooks = Hooks.ofOperator(port);
    livekit.farEnd(JAMBONZ, invited::add);
  }

  @Test
  void theCallerWaitsUnansweredUntilLiveKitsLegIsThereAndHisAgentCanBeHeard() throws Exception {
    Reply first = hooks.call(newCall("+15550008888"));
    OutboundLeg leg = leg();
    Reply early = waiting(first);
    Reply conference = callback(leg);
    leg.answer();
    joined(conference);

    assertThat(first.verbs()).isEqualTo(WAIT);
    assertThat(early.verbs()).isEqualTo(WAIT_ON);
    assertThat(conference.verbs()).isEqualTo("tag conference hangup");
    await().untilAsserted(() -> assertThat(waiting(first).verbs()).isEqualTo("conference hangup"));
    JsonNode caller = waiting(first).json().path(0);
    assertThat(caller.path("name")).isEqualTo(conference.json().path(1).path("name"));
    assertThat(caller.path("endConferenceOnExit").asBoolean()).isTrue();
  }

  @Test
  void theAgentSeesACallerWhoLooksAsIfHeHadDialledIn() throws Exception {
    hooks.call(newCall("+15550008888"));
    leg();

    ParticipantInfo caller =
        livekit.participants("call-" + sid).stream()
            .filter(who -> who.getKind() == ParticipantInfo.Kind.SIP)
            .findFirst()
            .orElseThrow();
    assertThat(caller.getIdentity()).isEqualTo("caller");
    assertThat(caller.getAttributesMap())
        .containsEntry("gateway.call_sid", sid)
        .containsEntry("gateway.from", "+15550002000")
        .containsEntry("gateway.to", "+15550008888")
        .containsEntry("sip.phoneNumber", "+15550002000");
    assertThat(caller.getMetadata()).contains(sid);
  }

  @Test
  void aHookThatJambonzPostsAgainIsTheSameWait() throws Exception {
    Reply first = hooks.call(newCall("+15550008888"));
    Reply again = hooks.call(newCall("+15550008888"));

    assertThat(then(again)).isEqualTo(then(first));
    leg();
    assertThat(invited.poll(300, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void aRingBackThatJambonzRefusesCostsNoAnswerAndTheLadderGoesOn(CapturedOutput output)
      throws Exception {
    livekit.farEnd(JAMBONZ, FarEnd.refuses(486));
    Reply first = hooks.call(newCall("+15550008888"));

    await().untilAsserted(() -> assertThat(waiting(first).verbs()).isEqualTo("dial hangup"));
    assertThat(output).contains("call=" + sid + " no agent came by a ring-back");
    await().untilAsserted(() -> assertThat(rooms()).doesNotContain("call-" + sid));
  }

  @Test
  void aDialThatFailedIsFollowedByARingBackIntoTheSameRoom() throws Exception {
    Reply dial = hooks.call(newCall("+15550008889"));
    Reply ended = hooks.event(dialHook(dial), dialEnd("failed", 401));

    assertThat(ended.verbs()).isEqualTo(WAIT);
    OutboundLeg leg = leg();
    callback(leg);
    leg.answer();
    await().untilAsserted(() -> assertThat(waiting(ended).verbs()).isEqualTo("conference hangup"));
    assertThat(rooms()).contains("call-" + sid);
  }

  @Test
  void aCallerWhoLeavesWhileHeWaitsTakesHisRoomAndLiveKitsLegWithHim() throws Exception {
    hooks.call(newCall("+15550008888"));
    OutboundLeg leg = leg();
    BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    leg.onEnd(event -> ended.add(event.kind().name()));

    hooks.event("/livekit-api/status", gone());

    assertThat(ended.poll(5, TimeUnit.SECONDS)).isEqualTo("CANCEL");
    await().untilAsserted(() -> assertThat(rooms()).doesNotContain("call-" + sid));
    assertThat(callback(leg).verbs()).isEqualTo("sip:decline:487 hangup");
  }

  @Test
  void aCallerWhoLeavesIsMissedThoughTheHookThatTellsItIsLost() throws Exception {
    hooks.call(newCall("+15550008888"));
    OutboundLeg leg = leg();
    BlockingQueue<String> ended = new LinkedBlockingQueue<>();
    leg.onEnd(event -> ended.add(event.kind().name()));

    assertThat(ended.poll(15, TimeUnit.SECONDS)).isEqualTo("CANCEL");
    await().untilAsserted(() -> assertThat(rooms()).doesNotContain("call-" + sid));
    assertThat(callback(leg).verbs()).isEqualTo("sip:decline:487 hangup");
  }

  @Test
  void aStrangerWhoCallsTheAddressOfTheRingBackIsDeclined() throws Exception {
    assertThat(callback(Map.of(), "anybody").verbs()).isEqualTo("sip:decline:403 hangup");
    assertThat(callback(Map.of("X-Gateway-Leg", "guessed"), "gateway-1").verbs())
        .isEqualTo("sip:decline:403 hangup");
  }

  @Test
  void aTokenLetsOneLegInAndTheSameHookTwice() throws Exception {
    hooks.call(newCall("+15550008888"));
    OutboundLeg leg = leg();

    assertThat(callback(leg.headers(), "gateway-1", "leg-1").verbs())
        .isEqualTo("tag conference hangup");
    assertThat(callback(leg.headers(), "gateway-1", "leg-1").verbs())
        .isEqualTo("tag conference hangup");
    assertThat(callback(leg.headers(), "gateway-1", "leg-2").verbs())
        .isEqualTo("sip:decline:403 hangup");
  }

  @Test
  void aLegFromLiveKitIsNeverRegisteredAsACallerWhateverHookItComesBy() throws Exception {
    hooks.call(newCall("+15550008888"));
    OutboundLeg leg = leg();
    int rooms = livekit.rooms().size();

    Reply reply =
        hooks.call(
            "/livekit-api",
            Hooks.legFromLiveKit("leg-9", leg.headers(), leg.to()),
            "application/json");

    assertThat(reply.verbs()).isEqualTo("tag conference hangup");
    assertThat(livekit.rooms()).hasSize(rooms);
  }

  @Test
  void theTalkAndItsEndStandInTheRecordAndInTheLog(CapturedOutput output) throws Exception {
    Reply first = hooks.call(newCall("+15550008888"));
    OutboundLeg leg = leg();
    Reply conference = callback(leg);
    leg.answer();
    joined(conference);
    await().untilAsserted(() -> assertThat(waiting(first).verbs()).isEqualTo("conference hangup"));
    String over = waiting(first).json().path(0).path("actionHook").asText();
    hooks.event("/livekit-api/status", status("in-progress", 200, ""));
    await().untilAsserted(() -> assertThat(record().path("state").asText()).isEqualTo("talking"));

    Reply end = hooks.event(over, status("completed", 200, "caller"));
    hooks.event("/livekit-api/status", status("completed", 200, "caller"));

    assertThat(end.body()).isEqualTo("[]");
    await().untilAsserted(() -> assertThat(record().path("state").asText()).isEqualTo("ended"));
    JsonNode call = record();
    assertThat(call.path("connect").asText()).isEqualTo("callback");
    assertThat(call.path("cause_code").asText()).isEqualTo("caller_hung_up");
    assertThat(call.path("ended_by").asText()).isEqualTo("caller");
    assertThat(call.path("rungs")).extracting(JsonNode::asText).containsExactly("callback");
    assertThat(output).contains("call=" + sid + " conference ended");
  }

  @Test
  void aRingBackThatFailedStandsInTheRecordWithItsCause() throws Exception {
    livekit.farEnd(JAMBONZ, FarEnd.refuses(403));
    Reply first = hooks.call(newCall("+15550008888"));
    await().untilAsserted(() -> assertThat(waiting(first).verbs()).isEqualTo("dial hangup"));
    hooks.event("/livekit-api/status", status("failed", 486, "jambonz"));

    await()
        .untilAsserted(
            () -> assertThat(record().path("cause_code").asText()).isEqualTo("jambonz_forbidden"));
    assertThat(record().path("rungs"))
        .extracting(JsonNode::asText)
        .containsExactly("callback", "dial:***999");
  }

  @Test
  void aWaitWhoseStateIsNotOursIsAnsweredWithTheFallback() {
    Reply reply =
        hooks.call(
            "/livekit-api/waiting?then=nonsense",
            status("trying", 100, "").getBytes(StandardCharsets.UTF_8),
            "application/json");

    assertThat(reply.verbs()).isNotEmpty();
  }

  private List<String> rooms() {
    return livekit.rooms().stream().map(Room::getName).toList();
  }

  private JsonNode record() {
    return hooks.get("/livekit-api/calls/" + sid).json();
  }

  private OutboundLeg leg() throws InterruptedException {
    OutboundLeg leg = invited.poll(5, TimeUnit.SECONDS);
    assertThat(leg).as("a leg from LiveKit").isNotNull();
    return leg;
  }

  private Reply callback(OutboundLeg leg) throws Exception {
    return callback(leg.headers(), leg.to());
  }

  private Reply callback(Map<String, String> headers, String to) throws Exception {
    return callback(headers, to, "leg-of-" + sid);
  }

  private Reply callback(Map<String, String> headers, String to, String leg) throws Exception {
    return hooks.call(
        "/livekit-api/callback", Hooks.legFromLiveKit(leg, headers, to), "application/json");
  }

  private void joined(Reply conference) {
    JsonNode tag = conference.json().path(0).path("data");
    hooks.event(
        "/livekit-api/status",
        """
        {"call_sid": "leg-of-%s", "event": "join", "conference_sid": "conf:x", "direction": "inbound",
         "call_status": "in-progress", "customerData": %s}"""
            .formatted(sid, tag));
  }

  private Reply waiting(Reply first) {
    return hooks.call(
        "/livekit-api/waiting?then=" + then(first),
        status("trying", 100, "").getBytes(StandardCharsets.UTF_8),
        "application/json");
  }

  private static String then(Reply first) {
    for (JsonNode verb : first.json()) {
      if (verb.path("verb").asText().equals("redirect")) {
        return verb.path("actionHook").asText().split("then=", 2)[1];
      }
    }
    throw new AssertionError("no redirect in " + first.body());
  }

  private static String dialHook(Reply dial) {
    return dial.dial().path("actionHook").asText();
  }

  private String dialEnd(String status, int sip) {
    return """
        {"call_sid": "%s", "from": "+15550002000", "to": "+15550008889", "direction": "inbound",
         "call_status": "trying", "dial_call_status": "%s", "dial_sip_status": %d}"""
        .formatted(sid, status, sip);
  }

  private String gone() {
    return status("no-answer", 487, "caller")
        .replaceFirst(
            "\\}$", ",\"customerData\": {\"gateway_call\": \"x\", \"gateway_leg\": \"caller\"}}");
  }

  private String status(String status, int sip, String by) {
    String end = by.isEmpty() ? "" : ", \"call_termination_by\": \"" + by + "\"";
    return """
        {"call_sid": "%s", "from": "+15550002000", "to": "+15550008888", "direction": "inbound",
         "call_status": "%s", "sip_status": %d, "fs_sip_address": "127.0.0.1:5070"%s}"""
        .formatted(sid, status, sip, end);
  }

  private String newCall(String to) {
    return """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "%s"}"""
        .formatted(sid, to);
  }
}
