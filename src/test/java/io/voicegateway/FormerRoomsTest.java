package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.LateLiveKit.Manner;
import io.voicegateway.livekit.api.LiveKits;
import io.voicegateway.livekit.routing.Credentials;
import io.voicegateway.livekit.routing.Invite;
import io.voicegateway.sandbox.OutboundLeg;
import io.voicegateway.sandbox.PhoneLeg;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.Room;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * A room that LiveKit made although the gateway gave up on it, or that its caller left for another
 * project's: no agent waits in it, and the call's record does not take it for the call's.
 */
@GatewayTest
@TestPropertySource(
    properties = {
      "gateway.jambonz.unsigned-allowed=true",
      "gateway.rooms.delete-again=1000",
      "gateway.rooms.first-sweep=600000",
      "gateway.dead-letters.directory=target/dead-letters/former-rooms"
    })
class FormerRoomsTest {

  private static final TwoLiveKits LIVEKITS = TwoLiveKits.start();
  private static final SandboxLiveKit A = LIVEKITS.a;
  private static final SandboxLiveKit B = LIVEKITS.b;
  private static final LateLiveKit BEFORE_A = LateLiveKit.before(A.url());
  private static final LateLiveKit BEFORE_B = LateLiveKit.before(B.url());

  /** Longer than a room's two deletions take. */
  private static final Duration BOTH_DELETIONS = Duration.ofMillis(1800);

  @DynamicPropertySource
  static void projects(DynamicPropertyRegistry properties) {
    LIVEKITS.set(properties);
    properties.add("gateway.livekit.url", BEFORE_A::url);
    properties.add("gateway.livekit.deadline", () -> "500ms");
    properties.add("gateway.projects.b.livekit.url", BEFORE_B::url);
    properties.add("gateway.plan.file", () -> "src/test/resources/former-rooms.yaml");
  }

  @AfterAll
  static void stop() {
    BEFORE_A.close();
    BEFORE_B.close();
    LIVEKITS.close();
  }

  @Autowired private LiveKits livekits;
  @Autowired private MeterRegistry metrics;

  @Value("${local.gateway.port}")
  private int port;

  private final String sid = UUID.randomUUID().toString();
  private final String room = "call-" + sid;
  private final BlockingQueue<OutboundLeg> rungBack = new LinkedBlockingQueue<>();
  private Hooks hooks;

  @BeforeEach
  void prepare() {
    hooks = Hooks.ofOperator(port);
    livekits.all().forEach(livekit -> livekit.breaker().reset());
    BEFORE_A.registers(Manner.PROMPT);
    BEFORE_B.registers(Manner.PROMPT);
    B.farEnd(TwoLiveKits.JAMBONZ, rungBack::add);
  }

  static Stream<Manner> unheard() {
    return Stream.of(Manner.SILENT, Manner.CUT_OFF, Manner.doneAfter(Duration.ofMillis(800)));
  }

  @ParameterizedTest
  @MethodSource("unheard")
  void aRoomOfWhichNobodyHeardIsDeletedAndThatOfTheNextProjectStays(Manner manner) {
    BEFORE_A.registers(manner);
    int made = A.count("CreateRoom");

    Reply reply = hooks.call(call("+15550001001"));

    assertThat(target(reply)).contains("@sip-b.example.test");
    awaitMadeAndDeleted(A, made);
    assertThat(B.dispatchedAgents(room)).containsExactly(TwoLiveKits.AGENT_OF_B);
    assertThat(record().path("project").asText()).isEqualTo("b");
  }

  @ParameterizedTest
  @CsvSource({"+15550001002", "+15550001003"})
  void suchARoomIsDeletedWhateverElseTheCallerGets(String number) {
    BEFORE_A.registers(Manner.SILENT);
    int made = A.count("CreateRoom");

    hooks.call(call(number));

    awaitMadeAndDeleted(A, made);
  }

  @Test
  void aCallerWhoIsDialledAnywayFindsHisRoom() {
    BEFORE_A.registers(Manner.SILENT);

    Reply reply = hooks.call(call("+15550001004"));

    assertThat(target(reply)).contains(room + "@sip-a.example.test");
    await().during(BOTH_DELETIONS).until(() -> rooms(A).contains(room));
  }

  @Test
  void aRoomStaysWithThePhoneThatAnotherGatewaySentThere() {
    BEFORE_A.registers(Manner.doneAfter(Duration.ofMillis(700)));
    int deletions = A.count("DeleteRoom");
    hooks.call(call("+15550001002"));
    await().until(() -> A.count("DeleteRoom") > deletions);
    PhoneLeg leg = invite();
    await().until(() -> isPhoneIn(A));

    await().during(BOTH_DELETIONS).until(() -> isPhoneIn(A));

    leg.hangUp();
  }

  @Test
  void aProjectThatAnswersTooLateHasNoRoomLeftAndIsNotTheCalls() {
    BEFORE_B.registers(Manner.answeredAfter(Duration.ofMillis(1500)));
    int made = B.count("CreateRoom");

    Reply reply = hooks.call(call("+15550001005"));

    assertThat(reply.verbs()).isEqualTo("sip:decline:486 hangup");
    awaitMadeAndDeleted(B, made);
    JsonNode record = record();
    assertThat(record.path("project").asText()).isEqualTo("down");
    assertThat(record.path("timeline").findValuesAsText("event")).doesNotContain("registered");
  }

  @Test
  void aProjectOfWhichNothingIsHeardHasNoRoomLeft() {
    BEFORE_B.registers(Manner.CUT_OFF);
    int made = B.count("CreateRoom");

    assertThat(hooks.call(call("+15550001005")).verbs()).isEqualTo("sip:decline:486 hangup");

    awaitMadeAndDeleted(B, made);
  }

  @Test
  void aRingBackWhoseRoomComesLateLeavesNoneBehind() throws Exception {
    BEFORE_A.registers(Manner.doneAfter(Duration.ofMillis(1200)));
    int made = A.count("CreateRoom");
    Reply first = hooks.call(call("+15550001006"));

    awaitRegisteredIn(B, first, "+15550001006");

    awaitMadeAndDeleted(A, made);
    assertThat(rungBack.poll(5, TimeUnit.SECONDS)).isNotNull();
    assertThat(B.dispatchedAgents(room)).containsExactly(TwoLiveKits.AGENT_OF_B);
  }

  @Test
  void theFormerRoomOfACallerWhoWasNotToBeRungBackIsToBeDeleted() {
    Reply first = hooks.call(call("+15550001007"));
    await().until(() -> heldBack() == 1);

    awaitRegisteredIn(B, first, "+15550001007");

    await().until(() -> heldBack() >= 3);
    assertThat(B.dispatchedAgents(room)).containsExactly(TwoLiveKits.AGENT_OF_B);
  }

  @Test
  void aCallThatComesBackToAProjectIsRecordedThere() {
    Reply inA = hooks.call(call("+15550001008"));
    Reply inB = Hooks.playable(hooks.event(hook(inA), failed()));
    Reply back = Hooks.playable(hooks.event(hook(inB), failed()));

    assertThat(target(inB)).contains("@sip-b.example.test");
    assertThat(target(back)).contains("@sip-a.example.test");
    await().untilAsserted(() -> assertThat(registrations()).hasSize(3));
    assertThat(registrations().get(2)).contains("project default");
    assertThat(record().path("project").asText()).isEqualTo("default");
  }

  @Test
  void whatAProjectsWebhooksTellIsToldWithItsName() {
    B.webhooksTo(URI.create("http://127.0.0.1:" + port + "/livekit-events"));
    Reply inA = hooks.call(call("+15550001001"));
    hooks.event(hook(inA), failed());

    await()
        .untilAsserted(
            () ->
                assertThat(record().path("timeline").findValuesAsText("detail"))
                    .contains("the agent can be heard, project b"));
  }

  // ---- helpers

  private void awaitMadeAndDeleted(SandboxLiveKit livekit, int madeBefore) {
    await().until(() -> livekit.count("CreateRoom") > madeBefore);
    await().until(() -> !rooms(livekit).contains(room));
    await().during(BOTH_DELETIONS).until(() -> !rooms(livekit).contains(room));
  }

  private void awaitRegisteredIn(SandboxLiveKit livekit, Reply first, String number) {
    String redirect = first.json().findValue("actionHook").asText();
    await()
        .untilAsserted(
            () -> {
              hooks.event(redirect, call(number).replace("}", ", \"call_status\": \"trying\"}"));
              assertThat(rooms(livekit)).contains(room);
            });
  }

  private double heldBack() {
    return metrics
        .get("gateway.livekit.requests.held.back")
        .tag("project", "rare")
        .counter()
        .count();
  }

  private PhoneLeg invite() {
    return A.invite(
        Invite.of("+15550002000", room, "192.0.2.1")
            .withCredentials(Credentials.of("user-a", "password-a")),
        Map.of(),
        event -> {});
  }

  private boolean isPhoneIn(SandboxLiveKit livekit) {
    return livekit.participants(room).stream()
        .anyMatch(who -> who.getKind() == ParticipantInfo.Kind.SIP);
  }

  private String call(String to) {
    return """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "%s"}"""
        .formatted(sid, to);
  }

  private String failed() {
    return """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "+15550001008",
         "call_status": "trying", "dial_call_status": "failed", "dial_sip_status": 503,
         "dial_call_sid": "%s"}"""
        .formatted(sid, UUID.randomUUID());
  }

  private static String hook(Reply reply) {
    return reply.dial().path("actionHook").asText();
  }

  private static String target(Reply reply) {
    return reply.dial().at("/target/0/sipUri").asText();
  }

  private List<String> registrations() {
    return record().path("timeline").findValuesAsText("detail").stream()
        .filter(detail -> detail.startsWith("registered"))
        .toList();
  }

  private JsonNode record() {
    await().until(() -> hooks.get("/livekit-api/calls/" + sid).status() == 200);
    return hooks.get("/livekit-api/calls/" + sid).json();
  }

  private static List<String> rooms(SandboxLiveKit livekit) {
    return livekit.rooms().stream().map(Room::getName).toList();
  }
}
