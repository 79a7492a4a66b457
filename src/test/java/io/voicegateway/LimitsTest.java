package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.call.TurnedAway.Reason;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** What a caller gets who may not go to an agent, and that nothing has failed by that. */
@GatewayTest
@Import({HeardEvents.class, SettableTime.class})
@TestPropertySource(
    properties = {
      "gateway.plan.file=src/test/resources/limits-plan.yaml",
      "gateway.ops.password=s3cret",
      "gateway.dead-letters.directory=target/dead-letters/limits"
    })
class LimitsTest {

  private static final String NOBODY = "+15550001001";
  private static final String WORKING_HOURS = "+15550001002";
  private static final String ONE_CALL = "+15550001003";
  private static final String NO_LIMIT = "+15550001004";

  /** A Wednesday at eleven in Berlin, when no token of today's is over. */
  private static final Instant WORKING_TIME = Instant.parse("2099-11-25T10:00:00Z");

  @Autowired private AtomicReference<Instant> now;
  @Autowired private SandboxLiveKit livekit;
  @Autowired private HeardEvents heard;
  @Autowired private MeterRegistry meters;

  @Value("${local.gateway.port}")
  private int port;

  @Value("${local.server.port}")
  private int management;

  @Value("${gateway.dead-letters.directory}")
  private Path letters;

  private final String sid = UUID.randomUUID().toString();
  private Hooks hooks;
  private int registered;

  @BeforeEach
  void prepare() {
    hooks = new Hooks(port);
    Hooks.burnLetters(letters);
    registered = livekit.count("CreateRoom");
    now.set(WORKING_TIME);
  }

  @AfterEach
  void nothingHasFailed() {
    Switches.set(management, false, "*");
    assertThat(Hooks.letters(letters)).isEmpty();
    assertThat(heard.of(CallEvent.NotRegistered.class)).isEmpty();
  }

  @Test
  void aCallerWhoIsNotInTheAgentsShareGetsTheLadderWithoutTheWaysToTheAgent() {
    assertThat(call(NOBODY).verbs()).isEqualTo("play sip:decline:480 hangup");

    assertTurnedAway(Reason.SHARE);
  }

  @ParameterizedTest(name = "at {0} UTC: {1}")
  @CsvSource({
    "2099-11-25T06:59:59Z, play sip:decline:486 hangup",
    "2099-11-25T07:00:00Z, dial hangup",
    "2099-11-28T10:00:00Z, play sip:decline:486 hangup",
    "2099-12-25T10:00:00Z, play sip:decline:486 hangup",
    "2099-07-01T06:00:00Z, dial hangup",
    "2099-07-01T16:00:00Z, play sip:decline:486 hangup",
  })
  void aNumberThatIsClosedHasItsOwnLadder(Instant at, String verbs) {
    now.set(at);

    Reply reply = call(WORKING_HOURS);

    assertThat(reply.verbs()).isEqualTo(verbs);
    if (!verbs.startsWith("dial")) {
      assertThat(reply.json().path(0).path("url").asText()).endsWith("/sounds/closed.wav");
      assertTurnedAway(Reason.CLOSED);
    }
  }

  @Test
  void theCallOverTheMostGoesToAPersonAndMakesNoSecondRoom() {
    String first = UUID.randomUUID().toString();
    assertThat(call(first, ONE_CALL).dial().at("/target/0/type").asText()).isEqualTo("sip");

    Reply second = call(ONE_CALL);

    assertThat(second.dial().at("/target/0/number").asText()).isEqualTo("+15550009999");
    assertThat(heard.of(sid, CallEvent.TurnedAway.class))
        .extracting(CallEvent.TurnedAway::reason)
        .containsExactly(Reason.FULL);
    assertThat(livekit.count("CreateRoom")).isEqualTo(registered + 1);
    assertThat(afterTheDial(second).verbs()).isEqualTo("play sip:decline:480 hangup");
    over(first);
    assertThat(call("third-" + sid, ONE_CALL).dial().at("/target/0/type").asText())
        .isEqualTo("sip");
    over("third-" + sid);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", NO_LIMIT})
  void whileTheOutageSwitchIsOnNobodyIsSentToAnAgent(String number) {
    Switches.set(management, true, number);
    assertThat(call(NO_LIMIT).verbs()).isEqualTo("sip:decline:486 hangup");
    assertTurnedAway(Reason.OUTAGE);

    Switches.set(management, false, number);
    assertThat(call("again-" + sid, NO_LIMIT).verbs()).isEqualTo("dial hangup");
  }

  @Test
  void theOutageOfOneNumberIsNotThatOfAnother() {
    Switches.set(management, true, NO_LIMIT);

    assertThat(call("+15550001005").verbs()).isEqualTo("dial hangup");
    Switches.set(management, false, NO_LIMIT);
  }

  @Test
  void theOldWayToLiveKitHasTheSameLimits() {
    Reply reply = hooks.call("/livekit-simple", hook(sid, NOBODY), "application/json");

    assertThat(reply.verbs()).isEqualTo("play sip:decline:480 hangup");
    assertTurnedAway(Reason.SHARE);
  }

  @Test
  void aPersonWhomWeCalledIsNotTurnedAway() {
    Reply reply =
        hooks.call(
            """
            {"call_sid": "%s", "direction": "outbound", "from": "%s", "to": "+15550002000",
             "call_status": "in-progress", "defaults": {}}"""
                .formatted(sid, NOBODY));

    assertThat(reply.verbs()).isEqualTo("dial hangup");
  }

  @Test
  void theMetricsCountWhoWasTurnedAwayByReason() {
    double before = turnedAway();

    call(NOBODY);

    assertThat(turnedAway()).isEqualTo(before + 1);
  }

  private double turnedAway() {
    return meters.counter("gateway.turned.away", "reason", "share").count();
  }

  private void assertTurnedAway(Reason reason) {
    assertThat(heard.of(sid, CallEvent.TurnedAway.class))
        .extracting(CallEvent.TurnedAway::reason)
        .containsExactly(reason);
    assertThat(heard.of(sid, CallEvent.Answered.class)).hasSize(1);
    assertThat(livekit.count("CreateRoom")).isEqualTo(registered);
  }

  private Reply call(String to) {
    return call(sid, to);
  }

  private Reply call(String callSid, String to) {
    return hooks.call("/livekit-api", hook(callSid, to), "application/json");
  }

  private Reply afterTheDial(Reply reply) {
    return hooks.call(
        reply.dial().path("actionHook").asText(),
        """
        {"call_sid": "%s", "from": "+15550002000", "to": "%s", "call_status": "trying",
         "dial_call_status": "busy", "dial_sip_status": 486}"""
            .formatted(sid, ONE_CALL)
            .getBytes(StandardCharsets.UTF_8),
        "application/json");
  }

  private void over(String callSid) {
    hooks.event(
        "/livekit-api/status",
        """
        {"call_sid": "%s", "from": "+15550002000", "to": "%s", "call_status": "completed",
         "sip_status": 200, "call_termination_by": "caller", "duration": 1}"""
            .formatted(callSid, ONE_CALL));
  }

  private static byte[] hook(String callSid, String to) {
    return """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "%s"}"""
        .formatted(callSid, to)
        .getBytes(StandardCharsets.UTF_8);
  }
}
