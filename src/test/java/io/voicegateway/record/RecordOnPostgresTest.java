package io.voicegateway.record;

import java.sql.SQLException;

class RecordOnPostgresTest extends RecordTest {
  @Override
  TestDatabase database() throws SQLException {
    return TestDatabase.postgres();
  }
}
