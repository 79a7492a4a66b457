package io.voicegateway.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.Gateway;
import io.voicegateway.Hooks;
import io.voicegateway.LetterDesks;
import io.voicegateway.deadletter.LetterStore.Limits;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Two gateways that share a PostgreSQL have the same dead letters. */
class DeadLetterTableTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Path ROOT = Path.of("target", "dead-letters", "shared");
  private static final String EVENT =
      """
      {"event": "received", "callSid": "%s", "at": "2026-11-30T12:00:00Z", "from": "+15550002000",
       "to": "+15550001000", "direction": "inbound", "agent": "a", "longestSeconds": 60}""";

  private static TestDatabase database;
  private static ConfigurableApplicationContext first;
  private static ConfigurableApplicationContext second;

  @BeforeAll
  static void start() throws SQLException {
    Hooks.burnLetters(ROOT);
    database = TestDatabase.postgres();
    first = gateway(ROOT.resolve("first").toString());
    second = gateway("pom.xml/letters");
  }

  private static ConfigurableApplicationContext gateway(String folder) {
    return new SpringApplicationBuilder(Gateway.class)
        .run(
            "--gateway.port=0",
            "--server.port=0",
            "--spring.jmx.enabled=false",
            "--gateway.livekit.url=",
            "--gateway.records.url=" + database.url(),
            "--gateway.plan.file=src/test/resources/plan.yaml",
            "--gateway.plan.agent=voice-agent",
            "--gateway.ops.password=s3cret",
            "--gateway.dead-letters.directory=" + folder,
            "--gateway.dead-letters.sweep=1h");
  }

  @AfterAll
  static void stop() throws SQLException {
    if (database != null) {
      first.close();
      second.close();
      database.close();
    }
  }

  @Test
  void aLetterOfOneIsSeenAndReplayedAtTheOtherOnce() {
    String letter = written("a-1", "one-call");
    await().atMost(SOON).until(() -> desk(second).ids("").contains(letter));
    assertThat(Hooks.letters(ROOT.resolve("first"))).isEmpty();

    List<String> results =
        IntStream.range(0, 8)
            .mapToObj(
                n ->
                    CompletableFuture.supplyAsync(
                        () -> desk(n % 2 == 0 ? first : second).replay(letter).result()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(results).containsOnlyOnce("replayed");
    assertThat(results).allMatch(List.of("replayed", "already_replayed", "busy")::contains);
    JsonNode shown = desk(first).show(letter, "?full=true");
    assertThat(shown.path("attempts").asInt()).isOne();
    assertThat(shown.path("body").asText()).isEqualTo(EVENT.formatted("one-call"));
  }

  @Test
  void whileTheDatabaseIsAwayLettersAreInTheFolderAndMoveWhenItIsBack() throws SQLException {
    database.takeAway();
    try {
      await().atMost(SOON).until(() -> !first.getBean(Database.class).isUp());
      String letter = written("b-1", "b");
      assertThat(desk(first).ids("")).containsExactly(letter);
      assertThat(desk(first).discard(letter).result()).isEqualTo("discarded");
    } finally {
      database.giveBack();
    }

    await().atMost(SOON).until(() -> desk(second).ids("?state=discarded").contains("b-1"));
    assertThat(Hooks.letters(ROOT.resolve("first"))).isEmpty();
  }

  @Test
  void withoutADiskALetterGoesIntoTheDatabase() {
    new Hooks(port(second)).call("{\"call_id\": \"no disk\"}");

    await().atMost(SOON).until(() -> !ofCause("call_sid+is+missing").isEmpty());
    assertThat(listing())
        .containsPattern("\"call_sid is missing\",\"count\":\\d+,\"replayable\":false");
    assertThat(desk(first).show(ofCause("call_sid+is+missing").get(0), "").path("body").asText())
        .contains("no disk");
  }

  @Test
  void theListIsInPagesByCauseInBothDirections() {
    Stream.of("c-1", "c-2", "c-3").forEach(id -> written(id, "c"));
    LetterDesks.write(ROOT.resolve("first"), "c-4", "dial-ended", "c", "");
    await().atMost(SOON).until(() -> desk(second).ids("?limit=500").contains("c-4"));

    List<String> events = desk(second).ids("?cause=a+cause+of+call-record&limit=500");

    assertThat(listing())
        .containsPattern("\"a cause of call-record\",\"count\":\\d+,\"replayable\":true");
    assertThat(events).containsSubsequence("c-3", "c-2", "c-1").doesNotContain("c-4");
    assertThat(desk(second).ids("?cause=a+cause+of+call-record&limit=1&before=c-2"))
        .containsExactly("c-1");
    assertThat(desk(second).replayAll("a cause of call-record").at("/outcomes/0/id").asText())
        .isNotEqualTo("c-3");
    assertThat(desk(second).ids("?cause=a+cause+of+call-record")).isEmpty();
  }

  @Test
  void whatIsTooMuchIsForgottenFirstWhatWasHandled() {
    IntStream.range(100, 150).forEach(n -> written("d-" + n, "d"));
    await().atMost(SOON).until(() -> desk(second).list("").path("waiting").asInt() >= 50);
    desk(second).discard("d-149");

    table().forget(new Limits(Instant.EPOCH, 40, Long.MAX_VALUE));

    assertThat(desk(second).ids("?state=all&limit=500"))
        .hasSize(40)
        .contains("d-148")
        .doesNotContain("d-100", "d-149");
  }

  private static DeadLetterTable table() {
    return first.getBean(DeadLetterTable.class);
  }

  private static List<String> ofCause(String cause) {
    return desk(first).ids("?cause=" + cause);
  }

  private static String written(String id, String sid) {
    return LetterDesks.write(ROOT.resolve("first"), id, "call-record", sid, EVENT.formatted(sid));
  }

  private static LetterDesks desk(ConfigurableApplicationContext gateway) {
    return new LetterDesks(
        Integer.parseInt(gateway.getEnvironment().getProperty("local.server.port")));
  }

  private static String listing() {
    String management = second.getEnvironment().getProperty("local.server.port");
    return Hooks.ofOperator(Integer.parseInt(management)).get("/dead-letters").body();
  }

  private static int port(ConfigurableApplicationContext gateway) {
    return Integer.parseInt(gateway.getEnvironment().getProperty("local.gateway.port"));
  }
}
