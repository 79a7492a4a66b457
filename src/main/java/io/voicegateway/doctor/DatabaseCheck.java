package io.voicegateway.doctor;

import io.voicegateway.record.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Whether the database of the calls' record answers, for when no gateway serves that could tell.
 */
final class DatabaseCheck {

  private static final String CHECK = "database";

  private DatabaseCheck() {}

  /**
   * @param url as DATABASE_URL has it, empty for the embedded one
   */
  static Diagnosis examine(String url) {
    if (url.isEmpty()) {
      return Diagnosis.ok(CHECK, "a file in data/, made at the start");
    }
    DatabaseUrl address = DatabaseUrl.parse(url);
    try (Connection connection = connect(address)) {
      return connection.isValid(2)
          ? Diagnosis.ok(CHECK, "answers")
          : unreachable("no answer in time");
    } catch (SQLException refused) {
      return unreachable("SQL state " + refused.getSQLState());
    }
  }

  private static Connection connect(DatabaseUrl address) throws SQLException {
    return address.user().isEmpty()
        ? DriverManager.getConnection(address.jdbc())
        : DriverManager.getConnection(address.jdbc(), address.user(), address.password());
  }

  private static Diagnosis unreachable(String why) {
    return Diagnosis.problem(
        CHECK,
        "does not let us in: " + why,
        "Start it, or correct DATABASE_URL. Calls go on meanwhile.");
  }
}
