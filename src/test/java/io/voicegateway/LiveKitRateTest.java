package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
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

/** More calls come than LiveKit's API allows requests. */
@GatewayTest
@Import(HeardEvents.class)
@TestPropertySource(
    properties = {
      "gateway.livekit.requests-a-minute=1",
      "gateway.plan.fallback=decline:486",
      "gateway.rooms.first-sweep=1h",
      "gateway.dead-letters.directory=target/dead-letters/livekit-rate"
    })
class LiveKitRateTest {

  @Autowired private SandboxLiveKit livekit;
  @Autowired private MeterRegistry meters;

  @Autowired private HeardEvents heard;

  @Value("${local.gateway.port}")
  private int port;

  @Value("${gateway.dead-letters.directory}")
  private Path letters;

  @Test
  void aCallOverTheRateIsDialledWithoutARegistrationWhateverItsLadderSays() {
    Hooks.burnLetters(letters);
    Hooks hooks = new Hooks(port);
    String sid = UUID.randomUUID().toString();

    Reply registered = hooks.call(Hooks.newCall(UUID.randomUUID().toString()));
    Reply over = hooks.call(Hooks.newCall(sid));

    assertThat(registered.verbs()).isEqualTo("dial hangup");
    assertThat(over.verbs()).isEqualTo("dial hangup");
    assertThat(over.dial().at("/target/0/sipUri").asText()).contains("call-" + sid);
    assertThat(livekit.count("CreateRoom")).isEqualTo(1);
    assertThat(meters.get("gateway.livekit.requests.left").gauge().value()).isZero();
    assertThat(meters.get("gateway.livekit.requests.held.back").counter().count()).isEqualTo(1);
    assertThat(Hooks.letters(letters)).isEmpty();
    assertThat(heard.of(sid, CallEvent.NotRegistered.class))
        .extracting(CallEvent.NotRegistered::why)
        .containsExactly("LiveKit CreateRoom: not asked, more than 1 requests in this minute");
    assertThat(afterTheDial(hooks, sid, over)).isEqualTo("sip:decline:486 hangup");
  }

  private static String afterTheDial(Hooks hooks, String sid, Reply reply) {
    return hooks
        .call(
            reply.dial().path("actionHook").asText(),
            """
            {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000",
             "call_status": "trying", "dial_call_status": "failed", "dial_sip_status": 503}"""
                .formatted(sid)
                .getBytes(StandardCharsets.UTF_8),
            "application/json")
        .verbs();
  }
}
