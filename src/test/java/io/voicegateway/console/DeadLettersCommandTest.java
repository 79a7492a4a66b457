package io.voicegateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.GatewayTest;
import io.voicegateway.Hooks;
import io.voicegateway.LetterDesks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

/** The dead letters of a running gateway on a terminal. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
    properties = {
      "gateway.ops.password=s3cret",
      "gateway.dead-letters.directory=target/dead-letters/command"
    })
class DeadLettersCommandTest {

  private static final Path FOLDER = Path.of("target", "dead-letters", "command");
  private static final String WEBHOOK =
      "{\"event\": \"room_started\", \"id\": \"EV_1\", \"number\": \"+15550002000\"}";

  @Value("${local.server.port}")
  private int management;

  @BeforeEach
  void letters() {
    Hooks.burnLetters(FOLDER);
    LetterDesks.write(FOLDER, "1", "livekit-events", "abc", WEBHOOK);
    LetterDesks.write(FOLDER, "2", "livekit-events", "abc", WEBHOOK);
    LetterDesks.write(FOLDER, "3", "dial-ended", "abc", "\u001b[2J");
  }

  @Test
  void theListSaysWhatWaitsWhyAndWhatToDo(CapturedOutput output) {
    assertThat(run("list")).isZero();

    assertThat(output.getOut())
        .contains("3 wait:", "2  a cause of livekit-events", "livekit-events some-step")
        .contains("a cause of livekit-events. Replay it once the cause is gone.")
        .contains("nothing of it can be done later: discard it.");
    assertThat(run("list", "--limit=1")).isZero();
    assertThat(output.getOut()).contains("There are more: --before 3");
    assertThat(run("list", "--state=replayed")).isZero();
    assertThat(output.getOut()).contains("No dead letters.");
  }

  @Test
  void aLetterIsShownMaskedUnlessAskedForAndDoesNotSteerTheTerminal(CapturedOutput output) {
    assertThat(run("show", "1")).isZero();
    assertThat(output.getOut()).contains("never replayed", "***000").doesNotContain("5550002000");

    assertThat(run("show", "1", "--full")).isZero();
    assertThat(output.getOut()).contains("+15550002000");

    assertThat(run("show", "3")).isZero();
    assertThat(output.getOut()).doesNotContain("\u001b[2J");
  }

  @Test
  void oneIsReplayedAndTheSecondTimeNothingIsDone(CapturedOutput output) {
    assertThat(run("replay", "1")).isZero();
    assertThat(run("replay", "1")).isZero();

    assertThat(output.getOut())
        .contains("1  It was replayed.")
        .contains("1  It was replayed before; nothing was done.");
  }

  @Test
  void allOfACauseAreReplayedOrGivenUp(CapturedOutput output) {
    assertThat(run("replay", "--cause=a cause of livekit-events")).isZero();
    assertThat(output.getOut()).contains("2  It was replayed.", "2 done, 0 not.");

    assertThat(run("replay", "--cause=a cause of dial-ended")).isEqualTo(1);
    assertThat(output.getOut()).contains("0 done, 1 not.");
    assertThat(run("discard", "--cause=a cause of dial-ended")).isZero();
    assertThat(output.getOut()).contains("3  It was discarded.");
  }

  @Test
  void aProblemIsOneLineThatSaysWhatToDo(CapturedOutput output) {
    assertThat(run("replay", "3")).isEqualTo(1);
    assertThat(run("show", "4")).isEqualTo(1);
    assertThat(run("list", "--password=wrong")).isEqualTo(1);
    assertThat(run("list", "--url=http://127.0.0.1:1")).isEqualTo(1);

    assertThat(output.getErr().lines().filter(line -> line.startsWith("gateway: ")))
        .satisfiesExactly(
            line -> assertThat(line).contains("discard it"),
            line -> assertThat(line).contains("list them"),
            line -> assertThat(line).contains("OPS_PASSWORD"),
            line -> assertThat(line).contains("start it or give its --url"));
  }

  @Test
  void jsonIsForMachines(CapturedOutput output) {
    assertThat(run("list", "--json")).isZero();
    assertThat(run("discard", "3", "--json")).isZero();
    assertThat(run("replay", "3", "--json")).isEqualTo(1);

    assertThat(output.getOut())
        .contains("{\"letters\":[{\"id\":\"3\"")
        .contains("{\"id\":\"3\",\"result\":\"discarded\",\"words\":\"It was discarded.\"}")
        .contains("{\"id\":\"3\",\"result\":\"already_discarded\",\"error\":");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "burn", "replay", "replay 1 --cause=x", "discard", "show", "list --state=x"})
  void wrongUseIsTold(String words) {
    assertThat(run(words.isEmpty() ? new String[0] : words.split(" "))).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--help", "list --help", "show --help", "replay --help", "discard --help"})
  void everyWordHasItsHelp(String words, CapturedOutput output) {
    assertThat(Main.commands().execute(("dead-letters " + words).split(" "))).isZero();
    assertThat(output.getOut()).contains("Usage: gateway dead-letters");
  }

  private int run(String... words) {
    List<String> all = new ArrayList<>(List.of("dead-letters"));
    all.addAll(List.of(words));
    if (words.length > 0 && !words[0].equals("burn")) {
      all.addAll(2, List.of("--url=http://127.0.0.1:" + management, "--password=s3cret"));
    }
    return Main.commands().setOverwrittenOptionsAllowed(true).execute(all.toArray(String[]::new));
  }
}
