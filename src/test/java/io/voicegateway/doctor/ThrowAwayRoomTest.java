package io.voicegateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicegateway.livekit.api.OpenedApi;
import io.voicegateway.sandbox.SandboxLiveKit;
import io.voicegateway.sandbox.SandboxWorker;
import java.io.IOException;
import java.time.Duration;
import livekit.LivekitRoom.CreateRoomRequest;
import org.junit.jupiter.api.Test;

/** A look at a room gives nobody a job. */
class ThrowAwayRoomTest {

  private static final String SECRET = "secret-secret-secret-secret-secret";

  @Test
  void aWorkerWithoutANameGetsNoJobByIt() throws IOException {
    try (SandboxLiveKit livekit = SandboxLiveKit.start(0, "key", SECRET, event -> {});
        OpenedApi api = OpenedApi.to(livekit.url(), "key", SECRET)) {
      livekit.register(SandboxWorker.named(""));
      CreateRoomRequest plain = CreateRoomRequest.newBuilder().setName("plain").build();
      try (ThrowAwayRoom room = ThrowAwayRoom.withoutAgent(api.rooms(), "doctor-", 5);
          ThrowAwayRoom other = ThrowAwayRoom.made(api.rooms(), plain)) {
        await()
            .atMost(Duration.ofSeconds(5))
            .until(() -> !livekit.participants(other.name()).isEmpty());

        assertThat(livekit.jobs(room.name())).isEmpty();
        assertThat(room.name()).startsWith("doctor-");
      }
      assertThat(livekit.rooms()).isEmpty();
    }
  }
}
