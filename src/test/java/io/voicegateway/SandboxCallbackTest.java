package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.sandbox.FarEnd;
import io.voicegateway.sandbox.Person;
import io.voicegateway.sandbox.SandboxEvent;
import io.voicegateway.sandbox.SandboxJambonz;
import io.voicegateway.sandbox.SandboxJambonz.Outcome;
import io.voicegateway.sandbox.SandboxJambonz.PhoneCall;
import io.voicegateway.sandbox.SandboxLiveKit;
import io.voicegateway.sandbox.SandboxWorker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import livekit.LivekitModels.Room;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/** Whole calls in which LiveKit calls Jambonz: by callback, to persons, into a talk. */
@GatewayTest
@TestPropertySource(
    properties = {"gateway.outbound.most-at-once=200", "gateway.outbound.most-a-minute=1000"})
class SandboxCallbackTest {

  private static final String BY_CALLBACK = "+15550008888";
  private static final String BY_CALLBACK_AFTER_DIAL = "+15550008889";
  private static final String OURS = "+15550007777";
  private static final Duration TALK = Duration.ofMillis(300);

  @Value("${local.gateway.port}")
  private int port;

  @Value("${gateway.sip.password}")
  private String password;

  @Autowired private SandboxLiveKit livekit;

  private final List<SandboxEvent> events = new CopyOnWriteArrayList<>();
  private SandboxJambonz jambonz;
  private Hooks hooks;

  @BeforeEach
  void plugIn() {
    hooks = Hooks.ofOperator(port);
    jambonz = new SandboxJambonz(livekit, URI.create("http://127.0.0.1:" + port), "", events::add);
  }

  @AfterEach
  void everybodyIsBack() {
    trunkWith(password);
    livekit.register(SandboxWorker.named("voice-agent"));
  }

  @Test
  void theCallerIsAnsweredWhenHisAgentIsThereAndHearsHim() throws Exception {
    Outcome outcome = jambonz.call(new PhoneCall("+15550002000", BY_CALLBACK, TALK));

    assertThat(outcome.answered()).isTrue();
    assertThat(outcome.code()).isEqualTo(200);
    assertThat(outcome.heard()).containsExactly("agent");
    JsonNode record = ended(outcome.callSid());
    assertThat(record.path("connect").asText()).isEqualTo("callback");
    assertThat(record.path("cause_code").asText()).isEqualTo("caller_hung_up");
    assertThat(record.path("ended_by").asText()).isEqualTo("caller");
    await().untilAsserted(() -> assertThat(rooms()).doesNotContain("call-" + outcome.callSid()));
  }

  @Test
  void anOperatorWhoHangsUpEndsTheConferenceForTheCallerToo() throws Exception {
    CompletableFuture<Outcome> call =
        placed(new PhoneCall("+15550002000", BY_CALLBACK, Duration.ofMinutes(1)));
    String sid = sid();
    await().untilAsserted(() -> assertThat(state(sid)).isEqualTo("talking"));

    hooks.send("DELETE", "/livekit-api/calls/" + sid);

    assertThat(call.get(10, TimeUnit.SECONDS).code()).isEqualTo(200);
    assertThat(ended(sid).path("ended_by").asText()).isEqualTo("operator");
  }

  @Test
  void aRingBackThatIsRefusedGoesDownTheLadderUnanswered() throws Exception {
    livekit.farEnd("jambonz.sandbox.invalid", FarEnd.refuses(403));
    jambonz.person("+15550009999", Person.refuses(486));

    Outcome outcome = jambonz.call(new PhoneCall("+15550002000", BY_CALLBACK, TALK));

    assertThat(outcome.answered()).isFalse();
    assertThat(outcome.code()).isEqualTo(486);
    assertThat(outcome.heard()).isEmpty();
    assertThat(ended(outcome.callSid()).path("cause_code").asText()).isEqualTo("jambonz_forbidden");
  }

  @Test
  void withoutAnAgentThePersonOfTheLadderAnswers() throws Exception {
    livekit.unregister("voice-agent");

    Outcome outcome = jambonz.call(new PhoneCall("+15550002000", BY_CALLBACK, TALK));

    assertThat(outcome.heard()).containsExactly("person +15550009999");
  }

  @Test
  void aCallerWhoGivesUpIsNeverAnsweredAndLeavesNothingBehind() throws Exception {
    livekit.register(SandboxWorker.slow("voice-agent", Duration.ofSeconds(4)));

    Outcome outcome =
        jambonz.call(new PhoneCall("+15550002000", BY_CALLBACK, TALK, Duration.ofMillis(700)));

    assertThat(outcome.answered()).isFalse();
    assertThat(outcome.code()).isEqualTo(487);
    assertThat(outcome.heard()).isEmpty();
    await().untilAsserted(() -> assertThat(rooms()).doesNotContain("call-" + outcome.callSid()));
    assertThat(ended(outcome.callSid()).path("ended_by").asText()).isEqualTo("caller");
  }

  @Test
  void aDialThatFailsIsFollowedByARingBack() throws Exception {
    trunkWith("another-password");

    Outcome outcome = jambonz.call(new PhoneCall("+15550002000", BY_CALLBACK_AFTER_DIAL, TALK));

    assertThat(outcome.answered()).isTrue();
    assertThat(outcome.heard()).containsExactly("agent");
    assertThat(ended(outcome.callSid()).path("rungs"))
        .extracting(JsonNode::asText)
        .containsExactly("room", "callback");
  }

  @Test
  void aPersonWhoIsCalledAnswersAndHangsUp() throws Exception {
    jambonz.person(BY_CALLBACK, Person.answers(TALK));

    String sid = order();

    await().untilAsserted(() -> assertThat(state(sid)).isEqualTo("ended"));
    JsonNode record = record(sid);
    assertThat(record.path("timeline").toString()).contains("answered");
    assertThat(record.path("ended_by").asText()).isEqualTo("person");
  }

  @Test
  void aPersonWhoIsBusyIsNotReached() throws Exception {
    jambonz.person(BY_CALLBACK, Person.refuses(486));

    String sid = order();

    await().untilAsserted(() -> assertThat(state(sid)).isEqualTo("failed"));
    assertThat(record(sid).path("cause_code").asText()).isEqualTo("person_busy");
    await().untilAsserted(() -> assertThat(rooms()).doesNotContain("call-" + sid));
  }

  @Test
  void aPersonIsInvitedIntoATalkAndLeavesWithTheCaller() throws Exception {
    CompletableFuture<Outcome> call =
        placed(new PhoneCall("+15550002000", BY_CALLBACK, Duration.ofSeconds(3)));
    String sid = sid();
    await().untilAsserted(() -> assertThat(state(sid)).isEqualTo("talking"));

    JsonNode invited = invite(sid);

    assertThat(invited.path("result").asText()).isEqualTo("answered");
    assertThat(livekit.participants("call-" + sid)).hasSize(3);
    assertThat(call.get(10, TimeUnit.SECONDS).heard()).containsExactly("agent");
    await().untilAsserted(() -> assertThat(rooms()).doesNotContain("call-" + sid));
  }

  @Test
  void anInvitedPersonWhoIsBusyDoesNotEndTheTalk() throws Exception {
    jambonz.person(OURS, Person.refuses(486));
    CompletableFuture<Outcome> call =
        placed(new PhoneCall("+15550002000", BY_CALLBACK, Duration.ofSeconds(2)));
    String sid = sid();
    await().untilAsserted(() -> assertThat(state(sid)).isEqualTo("talking"));

    JsonNode invited = invite(sid);

    assertThat(invited.path("result").asText()).isEqualTo("busy");
    assertThat(state(sid)).isEqualTo("talking");
    assertThat(call.get(10, TimeUnit.SECONDS).code()).isEqualTo(200);
  }

  private CompletableFuture<Outcome> placed(PhoneCall phone) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return jambonz.call(phone);
          } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
          }
        });
  }

  private String sid() {
    await().until(() -> !events.isEmpty());
    return events.get(0).room().substring("call-".length());
  }

  private void trunkWith(String sipPassword) {
    livekit.store(
        SIPInboundTrunkInfo.newBuilder()
            .setSipTrunkId("ST_sandbox")
            .setAuthUsername("sandbox")
            .setAuthPassword(sipPassword)
            .build());
  }

  private String order() {
    String body = "{\"to\": \"%s\", \"from\": \"%s\"}".formatted(BY_CALLBACK, OURS);
    return hooks.event("/livekit-api/calls", body).json().path("call_sid").asText();
  }

  private JsonNode invite(String sid) {
    String body = "{\"to\": \"%s\", \"ringing_timeout\": 10}".formatted(OURS);
    return hooks.event("/livekit-api/calls/" + sid + "/invite", body).json();
  }

  private JsonNode ended(String sid) {
    await().untilAsserted(() -> assertThat(state(sid)).isIn("ended", "failed", "abandoned"));
    return record(sid);
  }

  private String state(String sid) {
    return record(sid).path("state").asText();
  }

  private JsonNode record(String sid) {
    return hooks.get("/livekit-api/calls/" + sid).json();
  }

  private List<String> rooms() {
    return livekit.rooms().stream().map(Room::getName).toList();
  }
}
