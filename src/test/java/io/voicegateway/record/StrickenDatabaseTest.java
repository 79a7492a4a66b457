package io.voicegateway.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.voicegateway.call.record.CallState;
import io.voicegateway.operator.Refusal;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * A database that is locked, full or slow is like one that is away: nobody waits for it, and what
 * was told is written when it can be.
 */
@ExtendWith(OutputCaptureExtension.class)
class StrickenDatabaseTest {

  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  @TempDir private Path folder;

  private final List<String> sids = IntStream.range(0, 50).mapToObj(i -> Events.newSid()).toList();

  @Test
  void anEmbeddedFileThatAnotherProgramHolds(CapturedOutput output) throws Exception {
    Path file = Files.createFile(folder.resolve("calls.mv.db"));
    try (Recorder recorder = new Recorder("", folder, 1000)) {
      try (FileChannel holder = FileChannel.open(file, StandardOpenOption.WRITE);
          FileLock held = holder.lock()) {
        assertThat(held.isValid()).isTrue();
        tellAll(recorder);
        await().atMost(Recorder.SOON).until(() -> output.getOut().contains(" is away ("));
        assertThat(recorder.waiting()).isEqualTo(350);
      }

      allAreWritten(recorder);
    }
  }

  @Test
  void aTableThatAnotherSessionHasLocked() throws Exception {
    try (TestDatabase database = TestDatabase.postgres();
        Recorder recorder = new Recorder(database.url(), 1000).awake();
        Connection session = database.session()) {
      session.setAutoCommit(false);
      run(session, "lock table events, calls in access exclusive mode");
      tellAll(recorder);

      assertThatThrownBy(() -> recorder.ids("all"))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("does not answer");
      assertThat(recorder.waiting()).isEqualTo(350);

      session.rollback();
      allAreWritten(recorder);
    }
  }

  @Test
  void aDiskOfTheDatabaseThatIsFull(CapturedOutput output) throws Exception {
    try (TestDatabase database = TestDatabase.postgres();
        Recorder recorder = new Recorder(database.url(), 1000).awake();
        Connection session = database.session()) {
      beforeEachEvent(
          session,
          "raise exception 'could not extend file: No space left on device' using errcode = '53100'");
      tellAll(recorder);

      await().atMost(Recorder.SOON).until(() -> output.getOut().contains("No space left"));
      await().pollDelay(Duration.ofSeconds(1)).until(() -> recorder.waiting() == 350);
      assertThat(output.getOut().lines().filter(line -> line.contains(" is back"))).isEmpty();

      run(session, "drop trigger stricken on events");
      allAreWritten(recorder);
      assertThat(output.getOut().lines().filter(line -> line.contains(" is away ("))).hasSize(1);
      assertThat(output.getOut().lines().filter(line -> line.contains(" is back"))).hasSize(1);
    }
  }

  @Test
  void aDatabaseThatTakesASecondForAnEvent() throws Exception {
    try (TestDatabase database = TestDatabase.postgres();
        Recorder recorder = new Recorder(database.url(), 1000).awake();
        Connection session = database.session()) {
      beforeEachEvent(session, "perform pg_sleep(1)");
      tellAll(recorder);
      await().pollDelay(Duration.ofSeconds(1)).until(() -> recorder.waiting() == 350);

      run(session, "drop trigger stricken on events");
      allAreWritten(recorder);
    }
  }

  private void tellAll(Recorder recorder) {
    long begin = System.nanoTime();
    sids.forEach(sid -> recorder.tell(Events.talk(sid, START)));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_ONCE);
  }

  private void allAreWritten(Recorder recorder) {
    await().atMost(Duration.ofSeconds(60)).until(() -> recorder.waiting() == 0);
    recorder.written();
    assertThat(recorder.ids("ended")).containsExactlyInAnyOrderElementsOf(sids);
    assertThat(recorder.call(sids.get(0)).state()).isEqualTo(CallState.ENDED);
    assertThat(recorder.letters).isEmpty();
  }

  private static void beforeEachEvent(Connection session, String statement) throws SQLException {
    run(
        session,
        "create function stricken() returns trigger language plpgsql as $$ begin "
            + statement
            + "; return new; end $$");
    run(
        session,
        "create trigger stricken before insert on events for each row execute function stricken()");
  }

  private static void run(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }
}
