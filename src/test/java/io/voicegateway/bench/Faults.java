package io.voicegateway.bench;

import io.voicegateway.ServerProcess;
import io.voicegateway.bench.BrokenLiveKit.Fault;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/**
 * Measures what callers hear of a LiveKit that fails: 10 calls a second for 10 s of each fault,
 * after 12 s of one that works, in which the breaker closes again.
 */
final class Faults {

  private static final int A_SECOND = 10;
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final Duration REST = Duration.ofSeconds(12);

  private Faults() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println("| LiveKit | calls | taken on | p50 ms | slowest ms | dead letters |");
    System.out.println("|---|---|---|---|---|---|");
    try (Bench bench = new Bench();
        BrokenLiveKit broken = new BrokenLiveKit(bench.vertx)) {
      try (ServerProcess gateway = bench.gateway(broken.url());
          Callers callers = new Callers(bench.vertx, bench.port, 0)) {
        for (Fault fault : Fault.values()) {
          broken.fail(Fault.NONE);
          callers.open(A_SECOND, REST);
          broken.fail(fault);
          row(bench, fault.words, callers);
        }
        System.out.printf("%n%d MB at the end%n%n", gateway.memory());
      }
      elsewhere(bench, "a name that nobody knows", "https://livekit.invalid");
      elsewhere(bench, "no TLS at the port", broken.url().replace("http:", "https:"));
      elsewhere(bench, "nothing at the port", "http://127.0.0.1:1");
    }
  }

  private static void elsewhere(Bench bench, String words, String url) throws IOException {
    try (ServerProcess gateway = bench.gateway(url);
        Callers callers = new Callers(bench.vertx, bench.port, 0)) {
      row(bench, words + ", ready after " + gateway.ready().toMillis() + " ms", callers);
    }
  }

  private static void row(Bench bench, String words, Callers callers) {
    int before = letters(bench);
    Tally tally = callers.open(A_SECOND, TIME);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %.0f | %.0f | %d |%n",
        words,
        tally.calls(),
        tally.calls() - tally.lost() - tally.wrong(),
        tally.within(500),
        tally.within(1000),
        letters(bench) - before);
  }

  private static int letters(Bench bench) {
    String[] files = new File(bench.folder.toFile(), "letters").list();
    return files == null ? 0 : files.length;
  }
}
