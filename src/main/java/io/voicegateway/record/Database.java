package io.voicegateway.record;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.call.Mask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database of the calls' record, which may be away at any time, also at the start. Its tables
 * are made when it is first reached.
 */
@Component
final class Database implements DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(Database.class);

  private static final int CONNECTIONS = 5;
  private static final long CONNECT_MS = 1000;

  /** The first connection loads a driver and perhaps opens a large file. */
  private static final long FIRST_CONNECT_MS = 5000;

  private static final long VALIDATE_MS = 500;

  /** A transaction that takes longer is rolled back, in seconds. */
  private static final int PATIENCE = 10;

  /** Nobody waits longer for an answer, in seconds. */
  private static final int QUESTION_PATIENCE = 2;

  private final RecordSettings settings;
  private final @Nullable FolderLock folder;
  private final HikariDataSource pool;
  private final JdbcTemplate template;
  private final JdbcClient client;
  private final JdbcClient impatient;
  private final TransactionTemplate transactions;
  private boolean hasTables;
  private boolean wasAway;
  private volatile boolean up;

  /**
   * Takes the folder of an embedded one.
   *
   * @throws FolderLock.Taken when another gateway has it
   */
  Database(RecordSettings settings, MeterRegistry metrics) {
    this.settings = settings;
    this.folder = settings.isShared() ? null : lock(settings.directory());
    this.pool = new HikariDataSource();
    this.template = new JdbcTemplate();
    template.setDataSource(pool);
    this.client = JdbcClient.create(template);
    this.impatient = impatient(pool);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
    transactions.setTimeout(PATIENCE);
    configure(pool, address());
    Gauge.builder("gateway.database.up", this, database -> database.up ? 1 : 0)
        .description("1 while the database of the calls' record answers")
        .register(metrics);
  }

  /** Whether it answered when it was last asked. */
  boolean isUp() {
    return up;
  }

  JdbcTemplate template() {
    return template;
  }

  JdbcClient client() {
    return client;
  }

  /** For questions that somebody waits for. */
  JdbcClient impatient() {
    return impatient;
  }

  /** What it says; nothing while it is away or when it does not answer. */
  <T> Optional<T> answer(Supplier<T> question) {
    if (!up) {
      return Optional.empty();
    }
    try {
      return Optional.of(question.get());
    } catch (DataAccessException | TransactionException unanswered) {
      log.debug("The calls' database does not answer", unanswered);
      return Optional.empty();
    }
  }

  <T> T transaction(Supplier<T> work) {
    return transactions.execute(status -> work.get());
  }

  /**
   * Asks whether it is there, and makes the tables before anybody uses them. One that answers may
   * still take nothing, as when its disk is full. For one thread only.
   */
  boolean reach() {
    try {
      if (!hasTables) {
        makeTables();
      }
      client.sql("select 1").query(Integer.class).single();
      return true;
    } catch (RuntimeException unreachable) {
      away(unreachable);
      return false;
    }
  }

  /**
   * Something failed that cannot be the fault of what was asked. One line tells it. For the same
   * thread.
   */
  void away(RuntimeException why) {
    up = false;
    leave();
    if (!wasAway) {
      wasAway = true;
      log.warn(
          "The calls' database {} is away ({}). Calls go on and their events wait for it",
          address(),
          cause(why));
    }
  }

  /** Whether it is an H2, which lives in this program. */
  boolean isEmbedded() {
    return !settings.isPostgres();
  }

  /** Has an embedded one write its file. For the same thread. */
  void save() {
    template.execute("checkpoint");
  }

  /** An H2 that could not write its file is closed, and opens it again when nobody is in it. */
  private void leave() {
    HikariPoolMXBean connections = pool.getHikariPoolMXBean();
    if (connections != null && isEmbedded()) {
      connections.softEvictConnections();
    }
  }

  /** It does all that it is asked for. One line tells when it was away. For the same thread. */
  void back() {
    up = true;
    if (wasAway) {
      wasAway = false;
      log.info("The calls' database {} is back", address());
    }
  }

  private void makeTables() {
    if (!settings.isShared()) {
      makeOwnersFile(settings.directory());
    }
    Flyway.configure().dataSource(pool).load().migrate();
    hasTables = true;
    pool.getHikariConfigMXBean().setConnectionTimeout(CONNECT_MS);
  }

  private DatabaseUrl address() {
    String url = settings.url();
    Path file = settings.directory().toAbsolutePath().resolve("calls");
    return DatabaseUrl.parse(url.isEmpty() ? "jdbc:h2:file:" + file : url);
  }

  private static JdbcClient impatient(DataSource pool) {
    JdbcTemplate template = new JdbcTemplate();
    template.setDataSource(pool);
    template.setQueryTimeout(QUESTION_PATIENCE);
    return JdbcClient.create(template);
  }

  private static void configure(HikariConfig pool, DatabaseUrl address) {
    pool.setPoolName("calls");
    pool.setJdbcUrl(address.jdbc());
    if (!address.user().isEmpty()) {
      pool.setUsername(address.user());
      pool.setPassword(address.password());
    }
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(FIRST_CONNECT_MS);
    pool.setValidationTimeout(VALIDATE_MS);
    pool.setInitializationFailTimeout(-1);
  }

  /** The file holds phone numbers. */
  private static void makeOwnersFile(Path directory) {
    try {
      makeOwnersFolder(directory);
      Path file = directory.resolve("calls.mv.db");
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    }
  }

  private static void makeOwnersFolder(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }

  /** A folder that cannot be written to is one more way of being away. */
  private static @Nullable FolderLock lock(Path directory) {
    try {
      makeOwnersFolder(directory);
      return FolderLock.take(directory);
    } catch (IOException unusable) {
      return null;
    }
  }

  private static String cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    return Mask.text(message.lines().findFirst().orElse(cause.getClass().getSimpleName()));
  }

  @Override
  public void destroy() {
    pool.close();
    if (folder != null) {
      folder.close();
    }
  }
}
