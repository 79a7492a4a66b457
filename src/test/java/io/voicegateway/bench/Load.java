package io.voicegateway.bench;

import io.voicegateway.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** Measures what calls cost under load, beside the least that a JVM can do for them. */
final class Load {

  private static final Duration WARM = Duration.ofSeconds(20);
  private static final Duration TIME = Duration.ofSeconds(15);
  private static final Duration FAR = Duration.ofMillis(50);

  private Load() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println(
        "| server | load | LiveKit ms | calls/s | p50 ms | p99 ms | CPU µs/call | MB | lost or wrong |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    try (Bench bench = new Bench()) {
      try (ServerProcess forwarder = bench.forwarder()) {
        measure(bench, "least", forwarder);
      }
      try (ServerProcess gateway = bench.gateway();
          Callers caller = new Callers(bench.vertx, bench.port, 0)) {
        double firstCall = caller.open(1, Duration.ofSeconds(1)).within(1000);
        long memory = gateway.memory();
        measure(bench, "gateway", gateway);
        System.out.printf(
            Locale.ROOT,
            "%nready after %.1f s, first call %.0f ms, %d MB after it%n",
            gateway.ready().toMillis() / 1e3,
            firstCall,
            memory);
      }
    }
  }

  private static void measure(Bench bench, String name, ServerProcess server) {
    bench.livekit.answerAfter(Duration.ZERO);
    try (Callers warm = new Callers(bench.vertx, bench.port, 64)) {
      warm.closed(64, WARM);
    }
    row(bench, name, server, 64, Duration.ZERO);
    row(bench, name, server, 64, FAR);
    row(bench, name, server, 256, FAR);
    bench.livekit.answerAfter(FAR);
    try (Callers callers = new Callers(bench.vertx, bench.port, 0)) {
      Duration before = server.cpu();
      print(name, "100/s", FAR, callers.open(100, TIME), server, before);
    }
  }

  private static void row(
      Bench bench, String name, ServerProcess server, int connections, Duration delay) {
    bench.livekit.answerAfter(delay);
    try (Callers callers = new Callers(bench.vertx, bench.port, connections)) {
      Duration before = server.cpu();
      Tally tally = callers.closed(connections, TIME);
      print(name, connections + " connections", delay, tally, server, before);
    }
  }

  private static void print(
      String name,
      String load,
      Duration delay,
      Tally tally,
      ServerProcess server,
      Duration cpuBefore) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %d | %d | %.1f | %.1f | %d | %d | %d |%n",
        name,
        load,
        delay.toMillis(),
        tally.calls() / TIME.toSeconds(),
        tally.within(500),
        tally.within(990),
        server.cpu().minus(cpuBefore).toNanos() / 1000 / Math.max(1, tally.calls()),
        server.memory(),
        tally.lost() + tally.wrong());
  }
}
