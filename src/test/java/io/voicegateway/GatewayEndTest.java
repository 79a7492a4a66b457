package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a gateway while calls come in, asked for or not. */
class GatewayEndTest {

  private static final int CALLERS = 16;

  @TempDir private Path folder;

  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

  @AfterEach
  void hangUp() {
    callers.shutdownNow();
  }

  @Test
  void whoeverIsUnderWayIsAnsweredBeforeAGatewayThatIsToEndIsGone() throws Exception {
    try (SandboxLiveKit livekit =
            SandboxLiveKit.start(
                0, GatewayProcess.API_KEY, GatewayProcess.API_SECRET, event -> {});
        GatewayProcess gateway = GatewayProcess.start(folder, livekit.url())) {
      livekit.answerAfter(Duration.ofMillis(1500));
      List<CompletableFuture<Reply>> calls = new ArrayList<>();
      for (int call = 0; call < CALLERS; call++) {
        calls.add(CompletableFuture.supplyAsync(() -> gateway.call(sid()), callers));
      }
      await().until(() -> livekit.count("CreateRoom") == CALLERS);

      gateway.end();

      await().until(() -> gateway.readiness() != 200);
      assertThat(calls)
          .as("ready no more, and none answered yet")
          .noneMatch(CompletableFuture::isDone);
      for (CompletableFuture<Reply> call : calls) {
        assertThat(call.join().verbs()).isEqualTo("dial hangup");
      }
      gateway.awaitEnd();
    }
  }

  @Test
  void aGatewayThatIsKilledHasALetterOfEveryCallThatItAnsweredWithoutLiveKit() throws Exception {
    String nowhere = "http://127.0.0.1:1";
    Set<String> answered = ConcurrentHashMap.newKeySet();
    try (GatewayProcess gateway = GatewayProcess.start(folder, nowhere)) {
      for (int caller = 0; caller < CALLERS; caller++) {
        callers.execute(() -> callOverAndOver(gateway, answered));
      }
      await().until(() -> answered.size() > 100);
      gateway.kill();
      gateway.awaitEnd();
    }

    List<JsonNode> letters = Hooks.letters(folder.resolve("letters"));

    assertThat(letters)
        .extracting(letter -> letter.path("call_sid").asText())
        .containsAll(answered);
    try (GatewayProcess again = GatewayProcess.start(folder, nowhere)) {
      assertThat(again.letters()).containsAll(answered);
      assertThat(again.call(sid()).verbs()).isEqualTo("dial hangup");
    }
  }

  private static void callOverAndOver(GatewayProcess gateway, Set<String> answered) {
    try {
      while (true) {
        String sid = sid();
        gateway.call(sid);
        answered.add(sid);
      }
    } catch (UncheckedIOException killed) {
      assertThat(answered).isNotEmpty();
    }
  }

  private static String sid() {
    return UUID.randomUUID().toString();
  }
}
