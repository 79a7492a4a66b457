package io.voicegateway.record;

import java.sql.SQLException;

class RecordOnH2Test extends RecordTest {
  @Override
  TestDatabase database() throws SQLException {
    return TestDatabase.h2();
  }
}
