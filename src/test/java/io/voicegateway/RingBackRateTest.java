package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicegateway.Hooks.Reply;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** More callers wait to be rung back than LiveKit's API allows requests. */
@GatewayTest
@Import(HeardEvents.class)
@TestPropertySource(
    properties = {
      "gateway.livekit.requests-a-minute=1",
      "gateway.rooms.first-sweep=1h",
      "gateway.dead-letters.directory=target/dead-letters/ring-back-rate"
    })
class RingBackRateTest {

  @Autowired private SandboxLiveKit livekit;
  @Autowired private HeardEvents heard;

  @Value("${local.gateway.port}")
  private int port;

  @Value("${gateway.dead-letters.directory}")
  private Path letters;

  @Test
  void aCallerWhoWasToBeRungBackIsDialledWhenLiveKitCouldNotBeAskedForALeg() {
    Hooks.burnLetters(letters);
    Hooks hooks = new Hooks(port);
    hooks.call(Hooks.newCall(UUID.randomUUID().toString()));
    String sid = UUID.randomUUID().toString();
    Reply wait =
        hooks.call(
            """
            {"call_sid": "%s", "from": "+15550002000", "to": "+15550008888"}"""
                .formatted(sid));

    await()
        .untilAsserted(
            () ->
                assertThat(askAgain(hooks, sid, wait).dial().at("/target/0/sipUri").asText())
                    .contains("call-" + sid));

    assertThat(livekit.count("CreateSIPParticipant")).isZero();
    assertThat(Hooks.letters(letters)).isEmpty();
    assertThat(heard.of(sid, CallEvent.DialEnded.class))
        .extracting(CallEvent.DialEnded::next)
        .startsWith("dial-anyway");
  }

  private static Reply askAgain(Hooks hooks, String sid, Reply wait) {
    String hook = wait.json().path(2).path("actionHook").asText();
    return hooks.call(
        hook,
        """
        {"call_sid": "%s", "from": "+15550002000", "to": "+15550008888", "call_status": "trying"}"""
            .formatted(sid)
            .getBytes(StandardCharsets.UTF_8),
        "application/json");
  }
}
