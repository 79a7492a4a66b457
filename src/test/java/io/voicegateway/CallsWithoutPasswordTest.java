package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/** There is no default password: without one nobody sees calls but those of the sandbox. */
class CallsWithoutPasswordTest {

  @Nested
  @GatewayTest
  @TestPropertySource(properties = "gateway.ops.password=")
  class OnTheSandbox {

    @Value("${local.gateway.port}")
    private int port;

    @Test
    void everybodySeesCallsButNoNumbers() {
      Hooks hooks = new Hooks(port);

      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> hooks.get("/livekit-api/calls").status() == 200);
      assertThat(hooks.get("/livekit-api/calls?full=true").status()).isEqualTo(403);
    }
  }

  @Nested
  @GatewayTest
  @TestPropertySource(
      properties = {
        "gateway.ops.password=",
        "gateway.livekit.url=http://127.0.0.1:1",
        "gateway.livekit.api-key=key",
        "gateway.livekit.api-secret=secret-of-forty-characters-for-the-tests",
        "gateway.sip.uri=sip.invalid",
        "gateway.sip.username=user",
        "gateway.sip.password=word",
        "gateway.jambonz.webhook-secrets=s3cret"
      })
  class OnARealLiveKit {

    @Value("${local.gateway.port}")
    private int port;

    @Test
    void nobodySeesAnythingAndIsToldWhatToSet() {
      Hooks.Reply reply = new Hooks(port).get("/livekit-api/calls");

      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.body()).contains("OPS_PASSWORD");
    }
  }
}
