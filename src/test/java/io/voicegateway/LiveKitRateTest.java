package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/** More calls come than LiveKit's API allows requests. */
@GatewayTest
@TestPropertySource(
    properties = {
      "gateway.livekit.requests-a-minute=1",
      "gateway.rooms.first-sweep=1h",
      "gateway.dead-letters.directory=target/dead-letters/livekit-rate"
    })
class LiveKitRateTest {

  @Autowired private SandboxLiveKit livekit;
  @Autowired private MeterRegistry meters;

  @Value("${local.gateway.port}")
  private int port;

  @Test
  void aCallOverTheRateIsDialledWithoutARegistration() {
    Hooks hooks = new Hooks(port);

    Reply registered = hooks.call(Hooks.newCall(UUID.randomUUID().toString()));
    Reply over = hooks.call(Hooks.newCall(UUID.randomUUID().toString()));

    assertThat(registered.verbs()).isEqualTo("dial hangup");
    assertThat(over.verbs()).isEqualTo("dial hangup");
    assertThat(livekit.count("CreateRoom")).isEqualTo(1);
    assertThat(meters.get("gateway.livekit.requests.left").gauge().value()).isZero();
    assertThat(meters.get("gateway.livekit.requests.held.back").counter().count()).isEqualTo(1);
  }
}
