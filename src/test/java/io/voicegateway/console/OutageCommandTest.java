package io.voicegateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.GatewayTest;
import io.voicegateway.Switches;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

/** The outage switch of a running gateway on a terminal. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = "gateway.ops.password=s3cret")
class OutageCommandTest {

  @Value("${local.server.port}")
  private int management;

  @AfterEach
  void off() {
    Switches.set(management, false, "*");
    Switches.set(management, false, "+15550001000");
  }

  @Test
  void itIsTurnedOnAndOffForAllNumbers(CapturedOutput output) {
    assertThat(run("on")).isZero();
    assertThat(output.getOut()).contains("outage of", "all numbers", "ops");
    assertThat(Switches.get(management, "").findValuesAsText("number")).containsExactly("*");

    assertThat(run("off")).isZero();
    assertThat(output.getOut()).contains("No outage switch is on.");
  }

  @Test
  void itIsTurnedOnForOneNumberWhichIsMaskedUnlessAskedFor(CapturedOutput output) {
    assertThat(run("on", "--number=+15550001000")).isZero();
    assertThat(output.getOut()).contains("***000").doesNotContain("5550001000");

    assertThat(run("--full")).isZero();
    assertThat(output.getOut()).contains("+15550001000");
  }

  @Test
  void aNumberThatIsNotInThePlanIsSwitchedAndOneHearsOfIt(CapturedOutput output) {
    assertThat(run("on", "--number=+15550001000")).isZero();

    assertThat(output.getOut()).contains("***000 is not in the number plan; switched anyway.");
    assertThat(Switches.set(management, true, "+15550001000").path("hint").asText())
        .contains("not in the number plan");
    assertThat(Switches.set(management, true, "*").has("hint")).isFalse();
  }

  @Test
  void whoeverTurnsOffAllNumbersHearsWhoseSwitchesStayOn(CapturedOutput output) {
    Switches.set(management, true, "+15550001000");
    Switches.set(management, true, "*");

    assertThat(run("off")).isZero();

    assertThat(output.getOut()).contains("These stay on: ***000.");
  }

  @Test
  void jsonIsForMachines(CapturedOutput output) {
    assertThat(run("on", "--json")).isZero();

    assertThat(output.getOut()).contains("{\"outages\":[{\"number\":\"*\",\"since\":\"");
  }

  @Test
  void aProblemIsSaidInOneLine(CapturedOutput output) {
    assertThat(run("--password=wrong")).isEqualTo(1);
    assertThat(run("--url=http://127.0.0.1:1")).isEqualTo(1);

    assertThat(output.getErr())
        .contains("gateway: Wrong user or password")
        .contains("gateway: No gateway answers at http://127.0.0.1:1");
  }

  @Test
  void wrongUseIsTold() {
    assertThat(run("perhaps")).isEqualTo(2);
    assertThat(run("on", "--number=+4930*")).isEqualTo(2);
    assertThat(run("--url=::")).isEqualTo(2);
  }

  private int run(String... words) {
    Stream<String> login =
        Stream.of("outage", "--url=http://127.0.0.1:" + management, "--password=s3cret");
    return Main.commands()
        .setOverwrittenOptionsAllowed(true)
        .execute(Stream.concat(login, Stream.of(words)).toArray(String[]::new));
  }
}
