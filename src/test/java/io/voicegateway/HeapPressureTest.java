package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway with less memory than what is sent to it would fill. */
class HeapPressureTest {

  private static final int SENDERS = 32;

  /** As much as a hook may have. */
  private static final int LARGE = 500_000;

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
  private final Set<String> answered = ConcurrentHashMap.newKeySet();

  @AfterEach
  void hangUp() throws InterruptedException {
    senders.shutdownNow();
    assertThat(senders.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void itAnswersOnOrEndsAndNothingThatItAnsweredIsLost() throws Exception {
    String nowhere = "http://127.0.0.1:1";
    try (GatewayProcess gateway =
        GatewayProcess.start(folder, nowhere, "-Xmx96m", "-XX:+ExitOnOutOfMemoryError")) {
      for (int call = 0; call < SENDERS; call++) {
        String sid = UUID.randomUUID().toString();
        assertThat(gateway.call(sid).verbs()).isEqualTo("dial hangup");
        answered.add(sid);
      }
      for (int sender = 0; sender < SENDERS; sender++) {
        senders.execute(() -> sendLargeHooks(gateway));
      }
      await().atMost(SOON).until(() -> answered.size() > 200 || !gateway.process().isAlive());
      System.out.printf(
          "%d hooks of %d bytes answered, the gateway %s%n",
          answered.size() - SENDERS, LARGE, gateway.process().isAlive() ? "goes on" : "ended");
      gateway.kill();
      gateway.awaitEnd();
    }

    try (GatewayProcess again = GatewayProcess.start(folder, nowhere)) {
      assertThat(Hooks.letters(folder.resolve("letters")))
          .extracting(letter -> letter.path("call_sid").asText())
          .containsAll(answered);
      assertThat(again.call(UUID.randomUUID().toString()).verbs()).isEqualTo("dial hangup");
    }
  }

  private void sendLargeHooks(GatewayProcess gateway) {
    try {
      while (!Thread.interrupted()) {
        String sid = UUID.randomUUID().toString();
        String hook = Hooks.newCall(sid).replace("}", ", \"pad\": \"" + "x".repeat(LARGE) + "\"}");
        String verbs = gateway.callWith(hook.getBytes(StandardCharsets.UTF_8)).verbs();
        if (verbs.equals("dial hangup")) {
          answered.add(sid);
        }
      }
    } catch (UncheckedIOException | IllegalStateException ended) {
      assertThat(folder).exists();
    }
  }
}
