package io.voicegateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A gateway that cannot start says why in one line. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTest {

  @TempDir private Path folder;

  private final Map<String, String> settings = new HashMap<>();

  @AfterEach
  void forget() {
    settings.keySet().forEach(System::clearProperty);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "run, gateway.port, PORT",
    "run, server.port, MANAGEMENT_PORT",
    "try, gateway.port, PORT",
  })
  void aPortThatIsTakenIsNamedWithItsSetting(
      String word, String property, String setting, CapturedOutput output) throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      set("gateway.address", "127.0.0.1");
      set(property, String.valueOf(other.getLocalPort()));

      assertThat(start(word)).isEqualTo(1);

      assertThat(output.getErr().lines())
          .containsExactly(
              "gateway: Port %d is taken: stop what listens there, or set %s to another one."
                  .formatted(other.getLocalPort(), setting));
    }
    assertThat(output.getOut()).doesNotContain("FAILED TO START", "ERROR", "\tat ");
  }

  @Test
  void anAddressOfAnotherMachineIsNoTakenPort(CapturedOutput output) {
    set("gateway.address", "192.0.2.1");

    assertThat(start("run")).isEqualTo(1);

    assertThat(output.getErr().lines())
        .singleElement()
        .asString()
        .contains("cannot be opened", "correct PORT or ADDRESS");
  }

  @Test
  void aSecondGatewayInTheSameFolderNamesTheFirst(CapturedOutput output) throws IOException {
    set("gateway.records.directory", folder.toString());
    try (FileChannel first =
            FileChannel.open(
                folder.resolve("gateway.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = first.lock()) {
      assertThat(held.isValid()).isTrue();

      assertThat(start("run")).isEqualTo(1);
    }

    assertThat(output.getErr().lines())
        .containsExactly(
            "gateway: Another gateway keeps its calls in %s: stop it, start this one in another folder, or give both the same DATABASE_URL."
                .formatted(folder));
    assertThat(output.getOut()).doesNotContain("FAILED TO START", "ERROR", "\tat ");
  }

  private int start(String word) {
    if (!settings.containsKey("gateway.records.directory")) {
      set("gateway.records.url", "jdbc:h2:mem:start-failure");
    }
    if (!settings.containsKey("gateway.port")) {
      set("gateway.port", "0");
    }
    if (!settings.containsKey("server.port")) {
      set("server.port", "0");
    }
    return Main.commands().execute(word);
  }

  private void set(String property, String value) {
    settings.put(property, value);
    System.setProperty(property, value);
  }
}
