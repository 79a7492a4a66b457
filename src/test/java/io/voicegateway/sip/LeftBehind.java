package io.voicegateway.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

/** What a question to a server must not leave behind. */
final class LeftBehind {

  private static final Duration SOON = Duration.ofMillis(5);

  private LeftBehind() {}

  /** No connection is open and no thread reads, and the script was played without a fault. */
  static void nothing(ScriptedServer server) {
    noThread();
    await().pollInterval(SOON).until(server::isLeftAlone);
    assertThat(server.broken()).isEmpty();
  }

  static void noThread() {
    await()
        .pollInterval(SOON)
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("sip ")));
  }
}
