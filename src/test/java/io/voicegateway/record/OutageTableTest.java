package io.voicegateway.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicegateway.call.OutageSwitch;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The outage switches in every database they may stand in. */
class OutageTableTest {

  private static final Instant FIRST = Instant.parse("2026-11-25T10:00:00.123Z");
  private static final OutageSwitch ON = new OutageSwitch("*", true, "ops", FIRST);
  private static final OutageSwitch OFF = new OutageSwitch("*", false, "me", FIRST.plusMillis(1));

  private TestDatabase database;
  private Recorder recorder;

  enum Kind {
    H2,
    POSTGRES;

    TestDatabase open() throws SQLException {
      return this == H2 ? TestDatabase.h2() : TestDatabase.postgres();
    }
  }

  @AfterEach
  void close() throws SQLException {
    if (recorder != null) {
      recorder.close();
      database.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasThrownIsReadAgainWithWhoAndWhen(Kind kind) throws SQLException {
    OutageTable table = table(kind);
    assertThat(table.read()).hasValueSatisfying(rows -> assertThat(rows).isEmpty());

    assertThat(table.write(ON)).isTrue();

    assertThat(table.read()).hasValueSatisfying(rows -> assertThat(rows).containsExactly(ON));
  }

  @ParameterizedTest
  @EnumSource
  void theLaterStateStaysWhoeverWritesLast(Kind kind) throws SQLException {
    OutageTable table = table(kind);
    table.write(OFF);

    assertThat(table.write(ON)).isTrue();

    assertThat(table.read()).hasValueSatisfying(rows -> assertThat(rows).containsExactly(OFF));
  }

  @Test
  void aDatabaseThatIsAwayIsNoEmptyOne() throws SQLException {
    OutageTable table = table(Kind.POSTGRES);
    table.write(ON);

    database.takeAway();
    assertThat(table.read()).isEmpty();
    assertThat(table.write(OFF)).isFalse();

    database.giveBack();
    await().atMost(Recorder.SOON).until(() -> table.write(OFF));
    await()
        .atMost(Recorder.SOON)
        .untilAsserted(
            () ->
                assertThat(table.read())
                    .hasValueSatisfying(rows -> assertThat(rows).containsExactly(OFF)));
  }

  private OutageTable table(Kind kind) throws SQLException {
    database = kind.open();
    recorder = new Recorder(database.url(), 10).awake();
    return new OutageTable(recorder.database);
  }
}
