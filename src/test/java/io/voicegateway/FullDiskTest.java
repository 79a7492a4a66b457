package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the record, the dead letters and the log is full for a while. */
class FullDiskTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int CALLS = 20;
  private static final String UNKEPT = "gateway_dead_letters_unkept_total";

  @TempDir private Path folder;

  /** Linux has it wherever bash is. */
  static boolean canLimit() {
    return Path.of("/usr/bin/prlimit").toFile().canExecute();
  }

  @Test
  @EnabledIf("canLimit")
  void callersAreAnsweredAndWhenThereIsRoomAgainNoCallIsMissingFromTheRecord() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder, "http://127.0.0.1:1")) {
      List<String> before = calls(gateway);
      await().atMost(SOON).untilAsserted(() -> assertThat(letters()).containsAll(before));
      awaitRecords(gateway, before);

      gateway.process().fillDisk();
      List<String> meanwhile = calls(gateway);
      await().atMost(SOON).until(() -> gateway.metric(UNKEPT) >= CALLS);
      assertThat(letters()).doesNotContainAnyElementsOf(meanwhile);
      await().atMost(SOON).until(() -> gateway.metric("gateway_database_up") == 0);

      gateway.process().freeDisk();
      List<String> after = calls(gateway);
      await().atMost(SOON).untilAsserted(() -> assertThat(letters()).containsAll(after));
      awaitRecords(gateway, before);
      awaitRecords(gateway, meanwhile);
      awaitRecords(gateway, after);
    }
  }

  private static List<String> calls(GatewayProcess gateway) {
    List<String> sids = new ArrayList<>();
    for (int call = 0; call < CALLS; call++) {
      String sid = UUID.randomUUID().toString();
      assertThat(gateway.call(sid).verbs()).isEqualTo("dial hangup");
      sids.add(sid);
    }
    return sids;
  }

  private static void awaitRecords(GatewayProcess gateway, List<String> sids) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        Hooks.ofOperator(gateway.port())
                            .get("/livekit-api/calls?state=all&limit=500")
                            .json()
                            .findValuesAsText("call_sid"))
                    .containsAll(sids));
  }

  /** Whole ones; one that was begun would not be read. */
  private List<String> letters() {
    return Hooks.letters(folder.resolve("letters")).stream()
        .map((JsonNode letter) -> letter.path("call_sid").asText())
        .toList();
  }
}
