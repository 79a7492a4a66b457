package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway with less memory than what is sent to it would fill. */
class HeapPressureTest {

  private static final int SENDERS = 32;
  private static final int CALLS = 20;

  /** Nearly as much as a hook may have. */
  private static final int LARGE = 240 * 1024;

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
  private final AtomicBoolean enough = new AtomicBoolean();
  private final AtomicInteger sent = new AtomicInteger();

  @AfterEach
  void hangUp() throws InterruptedException {
    enough.set(true);
    senders.shutdown();
    assertThat(senders.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void hooksThatWouldFillASmallHeapCostNoCallerHisAnswer() throws Exception {
    try (GatewayProcess gateway =
        GatewayProcess.start(
            folder, "http://127.0.0.1:1", "-Xmx128m", "-XX:+ExitOnOutOfMemoryError")) {
      for (int sender = 0; sender < SENDERS; sender++) {
        senders.execute(() -> sendLargeHooks(gateway));
      }
      await().atMost(SOON).until(() -> sent.get() > SENDERS);

      List<String> calls = Stream.generate(HeapPressureTest::sid).limit(CALLS).toList();
      assertThat(calls).allMatch(sid -> gateway.call(sid).verbs().equals("dial hangup"));

      enough.set(true);
      assertThat(gateway.process().isAlive()).isTrue();
    }
  }

  private void sendLargeHooks(GatewayProcess gateway) {
    while (!enough.get()) {
      String hook = Hooks.newCall(sid()).replace("}", ", \"pad\": \"" + "x".repeat(LARGE) + "\"}");
      try {
        gateway.callWith(hook.getBytes(StandardCharsets.UTF_8));
        sent.incrementAndGet();
      } catch (UncheckedIOException turnedAwayBeforeItsEnd) {
        sent.incrementAndGet();
      }
    }
  }

  private static String sid() {
    return UUID.randomUUID().toString();
  }
}
