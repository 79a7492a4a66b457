package io.voicegateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.doctor.Diagnosis.Level;
import io.voicegateway.record.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Whether the record's database lets the gateway in. */
class DatabaseCheckTest {

  @Test
  void theEmbeddedOneNeedsNothing() {
    assertThat(DatabaseCheck.examine("").level()).isEqualTo(Level.OK);
  }

  @Test
  void oneThatAnswersIsOkAndOneThatLetsNobodyInIsNot() throws SQLException {
    try (TestDatabase database = TestDatabase.h2()) {
      assertThat(DatabaseCheck.examine(database.url()).level()).isEqualTo(Level.OK);

      database.takeAway();

      assertThat(DatabaseCheck.examine(database.url()).level()).isEqualTo(Level.PROBLEM);
    }
  }

  @Test
  void oneThatIsNotThereIsAProblemWithoutItsPassword() {
    Diagnosis found = DatabaseCheck.examine("postgres://me:s3cret@127.0.0.1:1/calls");

    assertThat(found.level()).isEqualTo(Level.PROBLEM);
    assertThat(found.words()).isEqualTo("does not let us in: SQL state 08001");
    assertThat(found.toString()).doesNotContain("s3cret");
  }
}
