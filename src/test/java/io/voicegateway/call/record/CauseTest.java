package io.voicegateway.call.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The causes as users read of them. */
class CauseTest {

  private static final Ending END =
      new Ending(
          false,
          true,
          "livekit",
          "failed",
          false,
          0,
          0,
          true,
          PhoneSeen.NEVER,
          false,
          null,
          false,
          Handover.NONE,
          null);

  @ParameterizedTest
  @EnumSource
  void standsInTheDocumentation(Cause cause) throws IOException {
    String readme =
        Files.readString(Path.of("docs/operations.md"))
            .replace("{agent}", "voice-agent")
            .replace("{set_by}", "AGENT_NAME")
            .replace("{sip}", "0")
            .replace("{seconds}", "0");
    String row =
        "| `%s` | %s | %s |"
            .formatted(
                cause.code(),
                cause.sentence(END, "voice-agent"),
                cause.advice(END, "voice-agent", "AGENT_NAME"));

    assertThat(readme.lines()).contains(row.replace("|  |", "| |"));
  }
}
