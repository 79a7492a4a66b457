package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.sandbox.SandboxEvents;
import io.voicegateway.sandbox.SandboxJambonz;
import io.voicegateway.sandbox.SandboxJambonz.Outcome;
import io.voicegateway.sandbox.SandboxJambonz.PhoneCall;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import livekit.LivekitModels.ParticipantInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

/** A whole call, from the phone to the agent and back, without any account. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = "gateway.jambonz.webhook-secrets=s3cret")
class SandboxCallTest {

  private static final PhoneCall CALL =
      new PhoneCall("+15550002000", "+15550001000", Duration.ofMillis(50));

  @Autowired private SandboxLiveKit livekit;
  @Autowired private SandboxEvents events;

  @Value("${local.gateway.port}")
  private int port;

  @Test
  void theCallerHearsHisAgent(CapturedOutput output) throws Exception {
    int before = livekit.count("CreateRoom");

    Outcome outcome = jambonz("s3cret").call(CALL);

    assertThat(outcome.answered()).isTrue();
    assertThat(outcome.heard()).containsExactly("agent");
    assertThat(livekit.count("CreateRoom")).isEqualTo(before + 1);
    assertThat(output).contains("Room name: call-" + outcome.callSid());
    assertThat(output).doesNotContain("5550002000").doesNotContain("5550001000");
  }

  @Test
  void theAgentSeesTheCallsIdAndNumbersAsAttributesOfTheCaller() throws Exception {
    List<ParticipantInfo> inRoom = new CopyOnWriteArrayList<>();
    events.subscribe(
        event -> {
          if (event.what().equals("200")) {
            inRoom.addAll(livekit.participants(event.room()));
          }
        });

    Outcome outcome = jambonz("s3cret").call(CALL);

    assertThat(inRoom)
        .anySatisfy(
            caller ->
                assertThat(caller.getAttributesMap())
                    .containsEntry("gateway.call_sid", outcome.callSid())
                    .containsEntry("gateway.from", "+15550002000")
                    .containsEntry("gateway.to", "+15550001000"));
  }

  @Test
  void aJambonzWithAnotherSecretGetsNobodyThrough() throws Exception {
    Outcome outcome = jambonz("other").call(CALL);

    assertThat(outcome.answered()).isFalse();
    assertThat(outcome.code()).isEqualTo(403);
  }

  @Test
  void withoutAnAgentTheCallerHearsTheAnnouncement() throws Exception {
    livekit.unregister("berlin-agent");

    Outcome outcome =
        jambonz("s3cret")
            .call(new PhoneCall("+15550002000", "+493012345678", Duration.ofMillis(50)));

    assertThat(outcome.answered()).isFalse();
    assertThat(outcome.code()).isEqualTo(480);
    assertThat(outcome.heard()).singleElement().asString().endsWith("/sounds/notice.wav");
  }

  private SandboxJambonz jambonz(String secret) {
    return new SandboxJambonz(livekit, URI.create("http://127.0.0.1:" + port), secret, event -> {});
  }
}
