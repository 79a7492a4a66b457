package io.voicegateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What the commands do that play a hook, with a plan that lets nobody through. */
@ExtendWith(OutputCaptureExtension.class)
class LimitedRehearsalTest {

  private static final String PLAN = "gateway.plan.file";

  @TempDir private Path folder;

  @BeforeEach
  void nobodyIsLetThrough() throws IOException {
    Path plan =
        Files.writeString(
            folder.resolve("plan.yaml"),
            "gateway:\n  numbers:\n    - {number: \"*\", agent-share: 0}\n");
    System.setProperty(PLAN, plan.toString());
  }

  @AfterEach
  void everybodyIs() {
    System.clearProperty(PLAN);
  }

  @Test
  void simulateShowsWhatACallerWouldGetNow(CapturedOutput output) throws IOException {
    Path hook = Files.writeString(folder.resolve("hook.json"), "{\"call_sid\": \"abc\"}");

    assertThat(Main.commands().execute("simulate", hook.toString(), "--json")).isZero();

    assertThat(output).contains("\"ok\":true", "\"verb\":\"sip:decline\"");
  }

  @Test
  void routesCheckIsAboutTheRoutesAndNotAboutTheTimeOfDay(CapturedOutput output) {
    assertThat(Main.commands().execute("routes", "check")).isZero();

    assertThat(output).contains("ok: Jambonz would run this answer");
  }
}
