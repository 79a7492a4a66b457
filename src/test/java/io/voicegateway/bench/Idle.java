package io.voicegateway.bench;

import io.vertx.core.Future;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.voicegateway.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures what callers notice of 10,000 connections that say nothing, and of 10,000 that begin a
 * hook and never end it.
 */
final class Idle {

  private static final int CONNECTIONS = 10_000;
  private static final int AT_A_TIME = 200;
  private static final int A_SECOND = 10;
  private static final Duration TIME = Duration.ofSeconds(20);
  private static final String BEGUN =
      "POST /livekit-api HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\n"
          + "Content-Length: 1000\r\n\r\n{\"call_sid\":";

  private Idle() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println(
        "| connections | open after the calls | calls | taken on | p50 ms | p99 ms | slowest ms | memory MB |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    try (Bench bench = new Bench();
        ServerProcess gateway = bench.gateway();
        Callers callers = new Callers(bench.vertx, bench.port, 0)) {
      callers.open(A_SECOND, TIME);
      row("none", 0, callers, gateway);
      row(bench, "say nothing", "", callers, gateway);
      row(bench, "begin a hook", BEGUN, callers, gateway);
      row("none any more", 0, callers, gateway);
    }
  }

  private static void row(
      Bench bench, String words, String begin, Callers callers, ServerProcess gateway) {
    NetClient client = bench.vertx.createNetClient(new NetClientOptions());
    AtomicInteger open = new AtomicInteger();
    for (int made = 0; made < CONNECTIONS; made += AT_A_TIME) {
      List<Future<NetSocket>> some = new ArrayList<>();
      for (int one = 0; one < AT_A_TIME; one++) {
        some.add(client.connect(bench.port, "127.0.0.1"));
      }
      Future.join(some).toCompletionStage().toCompletableFuture().join();
      for (Future<NetSocket> connected : some) {
        open.incrementAndGet();
        connected.result().closeHandler(closed -> open.decrementAndGet());
        if (!begin.isEmpty()) {
          connected.result().write(begin);
        }
      }
    }
    row(CONNECTIONS + " " + words, open, callers, gateway);
    client.close().toCompletionStage().toCompletableFuture().join();
  }

  private static void row(String words, int open, Callers callers, ServerProcess gateway) {
    row(words, new AtomicInteger(open), callers, gateway);
  }

  private static void row(
      String words, AtomicInteger open, Callers callers, ServerProcess gateway) {
    Tally tally = callers.open(A_SECOND, TIME);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %d | %.0f | %.0f | %.0f | %d |%n",
        words,
        open.get(),
        tally.calls(),
        tally.calls() - tally.lost() - tally.wrong(),
        tally.within(500),
        tally.within(990),
        tally.within(1000),
        gateway.memory());
  }
}
