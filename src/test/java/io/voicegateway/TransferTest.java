package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.call.record.CallEvent.DialEnded;
import io.voicegateway.call.record.CallEvent.TransferBegun;
import io.voicegateway.call.record.CallEvent.TransferRefused;
import io.voicegateway.jambonz.RecordedHook;
import io.voicegateway.livekit.api.LiveKits;
import io.voicegateway.routes.CurrentRoutes;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import livekit.LivekitModels.Room;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** An agent hands its caller on by REFER: who is called, who is not, and what comes then. */
@GatewayTest
@Import(HeardEvents.class)
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
    properties = {
      "gateway.plan.file=src/test/resources/transfer-plan.yaml",
      "gateway.sip.uri=sip.example.test",
      "gateway.rooms.delete-again=300",
      "gateway.agent.watch=on",
      "gateway.agent.patience=300ms",
      "gateway.dead-letters.directory=target/dead-letters/transfer"
    })
class TransferTest {

  @Autowired private SandboxLiveKit livekit;
  @Autowired private HeardEvents heard;
  @Autowired private LiveKits livekits;
  @Autowired private CurrentRoutes routes;

  @Value("${local.gateway.port}")
  private int port;

  @Value("${gateway.dead-letters.directory}")
  private Path letters;

  private final String sid = UUID.randomUUID().toString();
  private Hooks hooks;
  private JsonNode talk;

  @BeforeEach
  void anAgentTalksToACaller() {
    hooks = Hooks.ofOperator(port);
    Hooks.burnLetters(letters);
    talk = hooks.call(Hooks.newCall(sid)).dial();
  }

  // ---- who is called

  @Test
  void thePersonIsDialledInThePlaceOfTheAgent() {
    Reply reply = refer("tel:+15550003000");

    assertThat(reply.verbs()).isEqualTo("dial hangup");
    JsonNode dial = reply.dial();
    assertThat(dial.path("target").toString())
        .isEqualTo("[{\"type\":\"phone\",\"number\":\"+15550003000\"}]");
    assertThat(dial.path("callerId").asText()).as("by the plan").isEqualTo("+15550001000");
    assertThat(dial.path("answerOnBridge").asBoolean()).isTrue();
    assertThat(dial.path("anchorMedia").asBoolean()).isTrue();
    assertThat(dial.path("dialMusic").asText()).startsWith("tone_stream://");
    assertThat(dial.has("referHook")).as("a person hands nobody on").isFalse();
    assertThat(dial.path("actionHook").asText())
        .startsWith("/livekit-api/dial?then=")
        .doesNotContain("3000");
  }

  @Test
  void withoutACallerIdInThePlanTheCallersOwnNumberIsShown() {
    talk = hooks.call(newCall("+493012345670")).dial();

    assertThat(refer("sip:sales@gateway").dial().path("callerId").asText())
        .isEqualTo("+15550002000");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "<sip:sales@anything.example.test>",
        "sip:sales@anything.example.test",
        "\"The sales desk\" <sip:sales@anything.example.test>;x=y",
        "<tel:sales>"
      })
  void anExtensionIsKnownByItsNameInEveryFormOfTheHeader(String referTo) {
    assertThat(referred(referTo).dial().at("/target/0/number").asText()).isEqualTo("+15550003671");
  }

  @Test
  void aSipAddressIsDialledAsSuch() {
    assertThat(refer("sip:anna@pbx.example.test").dial().path("target").toString())
        .isEqualTo("[{\"type\":\"sip\",\"sipUri\":\"sip:anna@pbx.example.test\"}]");
  }

  @Test
  void anOwnNumberGoesOutByPhoneLikeAnyOther() {
    assertThat(refer("tel:+15550001000").dial().path("target").toString())
        .isEqualTo("[{\"type\":\"phone\",\"number\":\"+15550001000\"}]");
  }

  @Test
  void aNationalNumberHasTheCountryOfTheCalledOne() {
    talk = hooks.call(newCall("+493012345670")).dial();

    assertThat(refer("tel:03099999999").dial().at("/target/0/number").asText())
        .isEqualTo("+493099999999");
  }

  @Test
  void theApplicationsVariablesHoldForATransferToo() {
    talk =
        hooks
            .call(
                """
                {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000",
                 "env_vars": {"country": "DE", "caller_id": "+15550004444", "dial_timeout": "7"}}"""
                    .formatted(sid))
            .dial();

    JsonNode dial = refer("tel:03099999999").dial();

    assertThat(dial.at("/target/0/number").asText()).isEqualTo("+493099999999");
    assertThat(dial.path("callerId").asText()).isEqualTo("+15550004444");
    assertThat(dial.path("timeout").asInt()).isEqualTo(7);
  }

  static Stream<RecordedHook> recorded() {
    return RecordedHook.posted().stream().filter(hook -> hook.hook().equals("referHook"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recorded")
  void everyTransferThatARealJambonzPostedIsAnswered(RecordedHook hook) {
    byte[] body = hook.rawBody().getBytes(StandardCharsets.UTF_8);

    Reply reply = hooks.post(referHook(), body, hook.contentType());

    boolean telephone = hook.rawBody().contains("tel:+15550003000");
    assertThat(reply.status()).isEqualTo(telephone ? 200 : 403);
    if (telephone) {
      assertThat(reply.verbs()).isEqualTo("dial hangup");
    }
  }

  @Test
  void theRecordIsToldWhoAskedForWhom() {
    refer("tel:+15550003000");

    assertThat(heard.of(sid, TransferBegun.class))
        .extracting(TransferBegun::rung, TransferBegun::by, TransferBegun::leg)
        .containsExactly(tuple("transfer:***000", "REFER", "leg-b"));
  }

  // ---- who is not

  @ParameterizedTest(name = "[{index}] {0}")
  @ValueSource(
      strings = {
        "tel:+19005551234",
        "tel:+499001123456",
        "tel:+4930123;phone-context=+1900",
        "sip:anna@evil.example.test",
        "sip:anna@pbx.example.test;maddr=evil.example.test",
        "sip:%73ales@pbx.example.test",
        "sip:call-x@sip.example.test",
        "sip:loop@gateway",
        "tel:+15550003000\\r\\nX-Evil: 1",
        "",
      })
  void whoIsNotAllowedIsRefusedAndTheTalkGoesOn(String target) {
    assertRefused(refer(target));

    assertThat(heard.of(sid, TransferBegun.class)).isEmpty();
    assertThat(heard.of(sid, TransferRefused.class)).hasSize(1);
    assertThat(Hooks.letters(letters)).isEmpty();
  }

  @Test
  void aRefusalIsLoggedWithoutTheNumber(CapturedOutput output) {
    refer("tel:+19005551234");

    assertThat(output).contains("call=" + sid + " transfer refused: ***234 is neither");
    assertThat(output).doesNotContain("9005551234");
    assertThat(heard.of(sid, TransferRefused.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.target()).isEqualTo("***234");
              assertThat(event.words()).doesNotContain("9005551234");
            });
  }

  @Test
  void aHookThatNamesNobodyIsRefused() {
    assertRefused(
        hooks.event(
            referHook(),
            "{\"call_sid\": \"b\", \"parent_call_sid\": \"%s\", \"call_status\": \"in-progress\"}"
                .formatted(sid)));
  }

  // ---- what fails

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{\"call_sid\": ",
        "{}",
        "[]",
        "{\"call_sid\": \"b\", \"parent_call_sid\": \"../x\", \"refer_details\": {}}",
      })
  void aHookThatCannotBeReadIsRefusedAndKept(String body) {
    assertRefused(hooks.event(referHook(), body));

    assertThat(Hooks.letters(letters))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.path("body").asText()).isEqualTo(body);
              assertThat(letter.path("route").asText()).isEqualTo("transfer");
              assertThat(letter.path("step").asText()).isIn("read-refer", "recall-call");
            });
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"/livekit-api/refer", "/livekit-api/refer?then=AAAA"})
  void anAddressThatIsNotOursIsRefused(String address) {
    assertRefused(hooks.event(address, hook("<tel:+15550003000>")));
  }

  @Test
  void whenAStepFailsTheTransferIsRefusedAndKept() throws Exception {
    routes.camel().getRouteController().stopRoute("answer");
    try {
      assertRefused(refer("tel:+15550003000"));
    } finally {
      routes.camel().getRouteController().startRoute("answer");
    }

    assertThat(Hooks.letters(letters))
        .singleElement()
        .satisfies(letter -> assertThat(letter.path("step").asText()).isEqualTo("answer-transfer"));
  }

  @Test
  void whenEvenTheRefusalFailsTheAnswerIsNotEmpty() throws Exception {
    routes.camel().getRouteController().stopRoute("forbidden");
    try {
      assertRefused(refer("tel:+19005551234"));
    } finally {
      routes.camel().getRouteController().startRoute("forbidden");
    }
  }

  @Test
  void whenNoRouteAnswersTheTransferIsNoSuccess() throws Exception {
    routes.camel().getRouteController().stopRoute("transfer");
    try {
      assertThat(refer("tel:+15550003000").status()).isGreaterThanOrEqualTo(400);
    } finally {
      routes.camel().getRouteController().startRoute("transfer");
    }
  }

  @Test
  void byHttpATransferNeedsJambonzsApi() {
    Reply reply = hooks.event("/livekit-api/calls/" + sid + "/transfer", "{\"to\": \"sales\"}");

    assertThat(reply.status()).isEqualTo(501);
    assertThat(reply.json().path("error").asText()).contains("JAMBONZ_API_URL", "PUBLIC_URL");
  }

  // ---- what comes then

  @Test
  void jambonzTellsThatTheAgentsDialIsCompletedAndNeedsNothing() {
    refer("tel:+15550003000");

    assertThat(ended(talk, "completed", 200).verbs()).isEmpty();
    assertThat(isOpen()).isTrue();
  }

  @Test
  void whenThePersonIsBusyTheCallerGoesBackToHisAgent() {
    JsonNode person = refer("tel:+15550003000").dial();
    ended(talk, "completed", 200);
    int registered = livekit.count("CreateRoom");

    Reply back = ended(person, "busy", 486);

    assertThat(back.verbs()).isEqualTo("dial hangup");
    assertThat(back.dial().at("/target/0/sipUri").asText()).contains("call-" + sid);
    assertThat(back.dial().path("referHook").asText()).contains("/refer?then=");
    assertThat(livekit.count("CreateRoom")).isEqualTo(registered + 1);
    assertThat(heard.of(sid, DialEnded.class))
        .extracting(DialEnded::rung, DialEnded::status, DialEnded::next)
        .containsExactly(tuple("room", "completed", ""), tuple("transfer:***000", "busy", "agent"));
    stays();
  }

  @Test
  void aRoomThatIsGoneIsMadeAnewWithAnAgentInIt() {
    JsonNode person = refer("tel:+15550003000").dial();
    livekits.standard().rooms().delete("call-" + sid);
    await().until(() -> !isOpen());

    ended(person, "no-answer", 487);

    await().until(() -> !livekit.participants("call-" + sid).isEmpty());
  }

  @Test
  void anAgentThatLeftMeanwhileIsReplaced() {
    await().until(() -> !livekit.participants("call-" + sid).isEmpty());
    JsonNode person = refer("tel:+15550003000").dial();
    ended(talk, "completed", 200);
    livekit.agentsLeave("call-" + sid);
    await().until(() -> livekit.participants("call-" + sid).isEmpty());

    ended(person, "busy", 486);

    await().until(() -> !livekit.participants("call-" + sid).isEmpty());
  }

  @Test
  void thenTheLadderGoesOnWithoutAWayToTheAgent() {
    JsonNode person = refer("tel:+15550003000").dial();
    JsonNode agent = ended(person, "busy", 486).dial();

    Reply next = ended(agent, "busy", 486);

    assertThat(next.dial().at("/target/0/number").asText()).isEqualTo("+15550009999");
    await().until(() -> !isOpen());
    assertThat(ended(next.dial(), "busy", 486).verbs()).isEqualTo("pause hangup");
  }

  @Test
  void theAgentMayHandTheCallerOnOnceMore() {
    JsonNode person = refer("tel:+15550003000").dial();
    talk = ended(person, "busy", 486).dial();

    JsonNode other = refer("sip:sales@gateway").dial();

    assertThat(other.at("/target/0/number").asText()).isEqualTo("+15550003671");
    Reply back = ended(other, "busy", 486);
    assertThat(back.dial().at("/target/0/sipUri").asText()).contains("call-" + sid);
    assertThat(ended(back.dial(), "failed", 404).dial().at("/target/0/number").asText())
        .isEqualTo("+15550009999");
  }

  @Test
  void aPersonWhoHangsUpLeavesNothingToBeDone() {
    JsonNode person = refer("tel:+15550003000").dial();

    assertThat(ended(person, "completed", 200).verbs()).isEmpty();
  }

  // ---- the rung agent in a ladder of one's own

  @Test
  void anAgentThatDidNotComeIsAskedOnceMoreAndKeepsItsRoom() {
    talk =
        hooks
            .call(
                """
                {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000",
                 "env_vars": {"fallback": "agent, decline:486"}}"""
                    .formatted(sid))
            .dial();

    Reply again = ended(talk, "no-answer", 487, "trying");

    assertThat(again.dial().at("/target/0/sipUri").asText()).contains("call-" + sid);
    stays();
    assertThat(ended(again.dial(), "no-answer", 487, "trying").verbs())
        .isEqualTo("sip:decline:486 hangup");
    await().until(() -> !isOpen());
  }

  @Test
  void aRoomThatIsMadeAnewForTheWayBackOutlivesTheSecondDeletion() {
    talk =
        hooks
            .call(
                """
                {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000",
                 "env_vars": {"fallback": "dial:+15550009999, agent, decline:486"}}"""
                    .formatted(sid))
            .dial();
    JsonNode person = ended(talk, "failed", 401, "trying").dial();
    await().until(() -> !isOpen());

    ended(person, "busy", 486, "trying");

    assertThat(isOpen()).isTrue();
    stays();
  }

  private void stays() {
    await().during(Duration.ofMillis(600)).atMost(Duration.ofSeconds(2)).until(this::isOpen);
  }

  private boolean isOpen() {
    return livekit.rooms().stream().map(Room::getName).anyMatch(("call-" + sid)::equals);
  }

  private static void assertRefused(Reply reply) {
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body()).isEmpty();
  }

  private Reply refer(String target) {
    return referred("<" + target + ">");
  }

  private Reply referred(String referTo) {
    Reply reply = hooks.event(referHook(), hook(referTo));
    return reply.status() == 200 ? Hooks.playable(reply) : reply;
  }

  private String referHook() {
    return talk.path("referHook").asText();
  }

  /** As Jambonz posts it: of the leg to LiveKit, whose numbers are not the call's. */
  private String hook(String referTo) {
    return """
        {"call_sid": "leg-b", "parent_call_sid": "%s", "direction": "outbound",
         "from": "+15550001000", "to": "sip:call-%s@sip.example.test;transport=tcp",
         "call_status": "in-progress", "sip_status": 200, "fs_sip_address": "127.0.0.1:5070",
         "refer_details": {"sip_refer_to": "%s", "referring_call_sid": "leg-b",
                           "referred_call_sid": "%1$s"}}"""
        .formatted(sid, sid, referTo.replace("\"", "\\\""));
  }

  private String newCall(String to) {
    return """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "%s"}"""
        .formatted(sid, to);
  }

  private Reply ended(JsonNode dial, String status, int sip) {
    return ended(dial, status, sip, "in-progress");
  }

  private Reply ended(JsonNode dial, String status, int sip, String caller) {
    Reply reply =
        hooks.event(
            dial.path("actionHook").asText(),
            """
            {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000", "direction": "inbound",
             "call_status": "%s", "dial_call_status": "%s", "dial_sip_status": %d,
             "dial_call_sid": "%s"}"""
                .formatted(sid, caller, status, sip, UUID.randomUUID()));
    return reply.verbs().isEmpty() ? reply : Hooks.playable(reply);
  }
}
