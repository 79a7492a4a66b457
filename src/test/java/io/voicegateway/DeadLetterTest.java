package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.deadletter.DeadLetterChannel;
import io.voicegateway.deadletter.DeadLetterChannel.Undone;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

/** A dead letter that cannot be kept goes to the log. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = "gateway.dead-letters.directory=pom.xml/letters")
class DeadLetterTest {

  @Value("${local.gateway.port}")
  private int port;

  @Autowired private MeterRegistry meters;
  @Autowired private DeadLetterChannel channel;

  @Test
  void theCallerIsAnsweredAndTheHookIsLoggedWithItsNumbersMasked(CapturedOutput output) {
    String id = UUID.randomUUID().toString();

    String verbs =
        new Hooks(port)
            .call(
                "{\"call_id\": \"%s\", \"from\": \"+15550002000\", \"env_vars\": {\"key\": \"s3cret\"}}"
                    .formatted(id))
            .verbs();

    assertThat(verbs).isEqualTo("play sip:decline:480 hangup");
    assertThat(output).doesNotContain("5550002000").doesNotContain("s3cret");
    assertThat(output.getOut().lines().filter(line -> line.contains("could not be kept")))
        .singleElement()
        .asString()
        .contains("ERROR", "livekit-api failed at read-call: call_sid is missing", id, "***000");
  }

  @Test
  void itIsCountedAlsoWhenNoRouteWasAtWork(CapturedOutput output) {
    double before = unkept();

    new Hooks(port).call("{\"call_id\": \"1\"}");
    channel.keep(new Undone("call-record", "store", "why", "abc", "application/json", "[]"));

    assertThat(unkept()).isEqualTo(before + 2);
    assertThat(output.getOut())
        .contains("call=abc call-record failed at store: why. The dead letter could not be kept");
  }

  private double unkept() {
    return meters.get("gateway.dead.letters.unkept").counter().count();
  }
}
