package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.Hooks.Reply;
import io.voicegateway.call.TurnedAway.Reason;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/**
 * A carrier's storm as one was seen in the field: LiveKit's SIP service answers each dial with 503
 * after some 150 ms, and the carrier makes eleven calls out of one within eight seconds, each with
 * an id of its own.
 */
@GatewayTest
@Import({HeardEvents.class, SettableTime.class})
@TestPropertySource(
    properties = {
      "gateway.admission.storms=true",
      "gateway.plan.fallback=decline:503",
      "gateway.rooms.first-sweep=1h",
      "gateway.dead-letters.directory=target/dead-letters/storm"
    })
class StormTest {

  private static final int INVITES = 11;

  /** From one INVITE to the next: eleven of them take eight seconds. */
  private static final long BETWEEN_MS = 800;

  @Autowired private AtomicReference<Instant> now;
  @Autowired private SandboxLiveKit livekit;
  @Autowired private HeardEvents heard;

  @Value("${local.gateway.port}")
  private int port;

  @Value("${gateway.dead-letters.directory}")
  private Path letters;

  private Hooks hooks;
  private int registered;

  @BeforeEach
  void quietBefore() {
    hooks = new Hooks(port);
    Hooks.burnLetters(letters);
    registered = livekit.count("CreateRoom");
    after(60_000);
  }

  @Test
  void elevenInvitesInEightSecondsAreOneRegistrationAndElevenAnswers() {
    List<String> sids = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < INVITES; i++) {
      String sid = UUID.randomUUID().toString();
      Reply reply = hooks.call(Hooks.newCall(sid));
      sids.add(sid);
      answers.add(reply.verbs());
      long took = reply.verbs().startsWith("dial") ? failsAfter(150, sid, reply) : 0;
      ended(sid);
      after(BETWEEN_MS - took);
    }

    assertThat(answers).hasSize(INVITES).startsWith("dial hangup");
    assertThat(answers.subList(1, INVITES)).containsOnly("sip:decline:503 hangup");
    assertThat(livekit.count("CreateRoom")).isEqualTo(registered + 1);
    assertThat(sids.subList(1, INVITES))
        .allSatisfy(
            sid ->
                assertThat(heard.of(sid, CallEvent.TurnedAway.class))
                    .extracting(CallEvent.TurnedAway::reason)
                    .containsExactly(Reason.STORM));
    assertThat(Hooks.letters(letters)).isEmpty();
  }

  @Test
  void whenTheStormIsOverTheNextCallIsRegistered() {
    String first = UUID.randomUUID().toString();
    failsAfter(150, first, hooks.call(Hooks.newCall(first)));
    ended(first);
    after(1000);
    assertThat(hooks.call(Hooks.newCall("b")).verbs()).isEqualTo("sip:decline:503 hangup");

    after(2000);

    assertThat(hooks.call(Hooks.newCall("c")).verbs()).isEqualTo("dial hangup");
  }

  @Test
  void aCallerWhoGaveUpHimselfMayCallAgainAtOnce() {
    String first = UUID.randomUUID().toString();
    hooks.call(Hooks.newCall(first));
    hooks.event(
        "/livekit-api/dial",
        """
        {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000", "direction": "inbound",
         "call_status": "no-answer", "call_termination_by": "caller",
         "dial_call_status": "no-answer", "dial_sip_status": 487}"""
            .formatted(first));

    after(500);

    assertThat(hooks.call(Hooks.newCall("again-" + first)).verbs()).isEqualTo("dial hangup");
  }

  @Test
  void aHookThatFailedInJambonzIsAFailureToo() {
    ended("whose-hook-nobody-answered");

    after(500);

    assertThat(hooks.call(Hooks.newCall("next")).verbs()).isEqualTo("sip:decline:503 hangup");
  }

  /** LiveKit refuses the dial, and the caller gets what is left of his ladder. */
  private long failsAfter(long millis, String sid, Reply reply) {
    after(millis);
    Reply next =
        hooks.call(
            reply.dial().path("actionHook").asText(),
            """
            {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000",
             "direction": "inbound", "call_status": "trying",
             "dial_call_status": "failed", "dial_sip_status": 503}"""
                .formatted(sid)
                .getBytes(StandardCharsets.UTF_8),
            "application/json");
    assertThat(next.verbs()).isEqualTo("sip:decline:503 hangup");
    return millis;
  }

  /** Jambonz declined the caller. */
  private void ended(String sid) {
    hooks.event(
        "/livekit-api/status",
        """
        {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000", "direction": "inbound",
         "call_status": "failed", "sip_status": 503}"""
            .formatted(sid));
  }

  private void after(long millis) {
    now.updateAndGet(then -> then.plusMillis(millis));
  }
}
