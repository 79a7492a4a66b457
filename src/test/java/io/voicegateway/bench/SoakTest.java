package io.voicegateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.GatewayProcess;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway does not grow with the calls that it had. */
class SoakTest {

  private static final int A_SECOND = 5;

  @TempDir private Path folder;

  @Test
  void callAfterCallIsAnsweredAndLeavesNothingBehind() throws Exception {
    try (SandboxLiveKit livekit =
            SandboxLiveKit.start(
                0, GatewayProcess.API_KEY, GatewayProcess.API_SECRET, event -> {});
        GatewayProcess gateway = GatewayProcess.start(folder, livekit.url());
        Soak soak =
            new Soak(livekit, gateway.process(), gateway.port(), folder.resolve("letters"))) {
      soak.run(A_SECOND, Duration.ofSeconds(8), Duration.ofSeconds(12), Duration.ofSeconds(2));
      soak.print();

      assertThat(soak.problems()).isEmpty();
    }
  }
}
