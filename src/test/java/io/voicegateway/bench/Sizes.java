package io.voicegateway.bench;

import io.voicegateway.Hooks;
import io.voicegateway.ServerProcess;
import io.voicegateway.record.DatabaseUrl;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;

/** Measures whether a call costs more the more calls are under way, or stand in the record. */
final class Sizes {

  private static final int ACTIVE = 10_000;
  private static final int ENDED = 1_000_000;
  private static final int AT_A_TIME = 50_000;
  private static final int A_SECOND = 50;
  private static final Duration WARM = Duration.ofSeconds(20);
  private static final Duration TIME = Duration.ofSeconds(30);

  /** Of two events each, like one of the calls that were made before. */
  private static final String MORE_CALLS =
      """
      insert into calls (call_sid, phase, state, started_at, ended_at, last_heard_at, body,
          own_number, project, cause, caller, caller_tail, called, called_tail)
        select 'made-' || n, '%1$s', '%2$s', dateadd('SECOND', -60 - mod(n, 400000), now()),
          case when '%1$s' = 'ended' then dateadd('SECOND', -mod(n, 400000), now()) end, now(),
          c.body, c.own_number, c.project, c.cause, c.caller, lpad('' || mod(n, 1000), 3, '0'),
          c.called, c.called_tail
        from system_range(%3$d, %4$d) r(n), (select * from calls fetch first 1 row only) c;
      insert into events (call_sid, event_key, at, body)
        select 'made-' || n, e.event_key, e.at, e.body
        from system_range(%3$d, %4$d) r(n), (select * from events fetch first 2 rows only) e""";

  private Sizes() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    System.out.println(
        "| calls | ready s | CPU µs/call | p50 ms | p99 ms | newest 50 listed ms | memory MB | lost or wrong |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    try (Bench bench = new Bench()) {
      measure(bench, "a few");
      fill(bench, "active", "talking", 1, ACTIVE);
      measure(bench, ACTIVE + " more under way");
      fill(bench, "ended", "ended", ACTIVE + 1, ENDED);
      measure(bench, "and " + ENDED + " that ended");
    }
  }

  private static void measure(Bench bench, String words) throws IOException {
    try (ServerProcess gateway = bench.gateway();
        Callers callers = new Callers(bench.vertx, bench.port, 0)) {
      callers.open(A_SECOND, WARM);
      Duration before = gateway.cpu();
      Tally tally = callers.open(A_SECOND, TIME);
      long cpu = gateway.cpu().minus(before).toNanos() / 1000 / tally.calls();
      Hooks operator = Hooks.ofOperator(bench.port);
      operator.get("/livekit-api/calls");
      long asked = System.nanoTime();
      operator.get("/livekit-api/calls");
      System.out.printf(
          Locale.ROOT,
          "| %s | %.1f | %d | %.1f | %.1f | %.0f | %d | %d |%n",
          words,
          gateway.ready().toMillis() / 1e3,
          cpu,
          tally.within(500),
          tally.within(990),
          (System.nanoTime() - asked) / 1e6,
          gateway.memory(),
          tally.lost() + tally.wrong());
    }
  }

  private static void fill(Bench bench, String phase, String state, int from, int calls)
      throws SQLException {
    String file = bench.folder.resolve("data/calls").toAbsolutePath().toString();
    String url = DatabaseUrl.parse("jdbc:h2:file:" + file).jdbc();
    try (Connection database = DriverManager.getConnection(url);
        Statement statement = database.createStatement()) {
      for (int done = 0; done < calls; done += AT_A_TIME) {
        int last = from + Math.min(calls, done + AT_A_TIME) - 1;
        statement.execute(MORE_CALLS.formatted(phase, state, from + done, last));
      }
      statement.execute("shutdown");
    }
  }
}
