package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.Hooks.Reply;
import io.voicegateway.sandbox.OutboundLeg;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/** How many persons may be called at a time. */
@GatewayTest
@TestPropertySource(properties = "gateway.outbound.most-waiting=1")
class OutboundCapsTest {

  private static final String PERSON = "+15550008889";

  @Value("${local.gateway.port}")
  private int port;

  @Autowired private SandboxLiveKit livekit;

  private final BlockingQueue<OutboundLeg> invited = new LinkedBlockingQueue<>();
  private final String sid = UUID.randomUUID().toString();
  private Hooks hooks;

  @BeforeEach
  void prepare() {
    hooks = Hooks.ofOperator(port);
    livekit.farEnd("jambonz.sandbox.invalid", invited::add);
    hooks.call(Hooks.newCall(sid));
  }

  @Test
  void anInvitationOverThoseThatMayWaitIsRefusedAtOnceUntilOneIsAnswered() throws Exception {
    CompletableFuture<Reply> first = CompletableFuture.supplyAsync(this::invite);
    OutboundLeg ringing = invited.poll(5, TimeUnit.SECONDS);

    Reply second = invite();

    assertThat(second.status()).isEqualTo(503);
    assertThat(second.retryAfter()).isEqualTo("5");
    assertThat(second.json().path("error").asText()).startsWith("Too many invitations wait");
    assertThat(hooks.call(Hooks.newCall("other-" + sid)).verbs()).isEqualTo("dial hangup");
    ringing.answer();
    assertThat(first.get(5, TimeUnit.SECONDS).json().path("result").asText()).isEqualTo("answered");
    CompletableFuture<Reply> third = CompletableFuture.supplyAsync(this::invite);
    invited.poll(5, TimeUnit.SECONDS).answer();
    assertThat(third.get(5, TimeUnit.SECONDS).json().path("result").asText()).isEqualTo("answered");
  }

  private Reply invite() {
    return hooks.event(
        "/livekit-api/calls/" + sid + "/invite", "{\"to\": \"%s\"}".formatted(PERSON));
  }
}
