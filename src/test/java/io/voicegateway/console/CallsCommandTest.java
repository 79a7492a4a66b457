package io.voicegateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicegateway.GatewayTest;
import io.voicegateway.Hooks;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

/** The calls of a running gateway on a terminal. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = {"gateway.ops.user=ops", "gateway.ops.password=s3cret"})
class CallsCommandTest {

  @Value("${local.gateway.port}")
  private int port;

  private final String sid = UUID.randomUUID().toString();

  @BeforeEach
  void aCall() {
    new Hooks(port).call(Hooks.newCall(sid));
    await().atMost(Duration.ofSeconds(20)).until(() -> run("--state=all", sid) == 0);
  }

  @Test
  void aListIsATable(CapturedOutput output) {
    assertThat(run()).isZero();

    assertThat(output.getOut().lines().filter(line -> line.contains(sid)))
        .anyMatch(line -> line.contains("dialling") && line.contains("voice-agent"));
    assertThat(output).contains("started (UTC)").doesNotContain("5550002000");
  }

  @Test
  void oneCallIsShownWithItsTimeline(CapturedOutput output) {
    assertThat(run(sid, "--full")).isZero();

    assertThat(output).contains("+15550002000 -> +15550001000", "0 ms  received", "answered");
  }

  @Test
  void jsonIsForMachines(CapturedOutput output) {
    assertThat(run("--json")).isZero();

    assertThat(output).contains("{\"calls\":[{\"call_sid\":\"");
  }

  @Test
  void aProblemIsSaidInOneLine(CapturedOutput output) {
    assertThat(run("unknown")).isEqualTo(1);
    assertThat(run("--password=wrong")).isEqualTo(1);
    assertThat(run("--url=http://127.0.0.1:1")).isEqualTo(1);

    assertThat(output)
        .contains("gateway: Nothing is known of this call.")
        .contains("gateway: Wrong user or password")
        .contains("gateway: No gateway answers at http://127.0.0.1:1");
  }

  @Test
  void wrongUseIsTold() {
    assertThat(run("--state=gone")).isEqualTo(2);
    assertThat(run(sid, "--follow")).isEqualTo(2);
    assertThat(run("--url=::")).isEqualTo(2);
  }

  private int run(String... words) {
    Stream<String> login =
        Stream.of("calls", "--url=http://127.0.0.1:" + port, "--user=ops", "--password=s3cret");
    return Main.commands()
        .setOverwrittenOptionsAllowed(true)
        .execute(Stream.concat(login, Stream.of(words)).toArray(String[]::new));
  }
}
