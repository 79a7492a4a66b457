package io.voicegateway.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;

/** A database that can be taken away and given back. */
public interface TestDatabase extends AutoCloseable {

  String url();

  /** Ends all connections and lets nobody in. */
  void takeAway() throws SQLException;

  void giveBack() throws SQLException;

  /** Somebody else's session. */
  Connection session() throws SQLException;

  @Override
  void close() throws SQLException;

  /** An H2 in memory. */
  static TestDatabase h2() throws SQLException {
    String url = "jdbc:h2:mem:" + UUID.randomUUID();
    Connection admin = DriverManager.getConnection(DatabaseUrl.parse(url).jdbc());
    return new TestDatabase() {
      @Override
      public String url() {
        return url;
      }

      @Override
      public void takeAway() throws SQLException {
        run(admin, "set exclusive 2");
      }

      @Override
      public void giveBack() throws SQLException {
        run(admin, "set exclusive false");
      }

      @Override
      public Connection session() throws SQLException {
        return DriverManager.getConnection(DatabaseUrl.parse(url).jdbc());
      }

      @Override
      public void close() throws SQLException {
        admin.close();
      }
    };
  }

  /** A database of its own on a PostgreSQL that is started once. */
  static TestDatabase postgres() throws SQLException {
    EmbeddedPostgres server = Server.get();
    String name = "calls_" + UUID.randomUUID().toString().replace("-", "");
    Connection admin = server.getPostgresDatabase().getConnection();
    run(admin, "create database " + name);
    return new TestDatabase() {
      @Override
      public String url() {
        return "postgres://postgres:any@127.0.0.1:" + server.getPort() + "/" + name;
      }

      @Override
      public void takeAway() throws SQLException {
        run(admin, "alter database " + name + " allow_connections false");
        run(
            admin,
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                + name
                + "'");
      }

      @Override
      public void giveBack() throws SQLException {
        run(admin, "alter database " + name + " allow_connections true");
      }

      @Override
      public Connection session() throws SQLException {
        return server.getDatabase("postgres", name).getConnection();
      }

      @Override
      public void close() throws SQLException {
        admin.close();
      }
    };
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    assertThat(connection.isClosed()).isFalse();
  }

  /** The one PostgreSQL of all tests; it ends with them. */
  final class Server {

    private static EmbeddedPostgres server;

    private Server() {}

    static synchronized EmbeddedPostgres get() {
      if (server == null) {
        try {
          server = EmbeddedPostgres.builder().start();
        } catch (IOException | IllegalStateException none) {
          Assumptions.abort("No PostgreSQL could be started, so nothing was tested on it: " + none);
        }
      }
      return server;
    }
  }
}
