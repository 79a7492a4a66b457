package io.voicegateway.bench;

import io.voicegateway.GatewayProcess;
import io.voicegateway.Hooks;
import io.voicegateway.ServerProcess;
import io.voicegateway.sandbox.SandboxEvent;
import io.voicegateway.sandbox.SandboxJambonz;
import io.voicegateway.sandbox.SandboxJambonz.Outcome;
import io.voicegateway.sandbox.SandboxJambonz.PhoneCall;
import io.voicegateway.sandbox.SandboxLiveKit;
import io.voicegateway.sandbox.SandboxWorker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import livekit.LivekitSip.SIPDispatchRule;
import livekit.LivekitSip.SIPDispatchRuleCallee;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;

/**
 * Whole calls at a steady rate, each with all hooks of Jambonz and all webhooks of LiveKit, while
 * it is looked whether the gateway grows.
 */
final class Soak implements AutoCloseable {

  private static final int A_SECOND = 50;
  private static final Duration WARM = Duration.ofMinutes(2);
  private static final Duration BETWEEN = Duration.ofSeconds(15);
  private static final Duration TALK = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** By how much the live heap may be above what it was, as it breathes with the calls. */
  private static final double MOST_GROWTH = 1.15;

  private static final long SMALL = 10 << 20;
  private static final long SOME_THREADS = 8;

  private static final SIPInboundTrunkInfo TRUNK =
      SIPInboundTrunkInfo.newBuilder()
          .setSipTrunkId("ST_soak")
          .setName("soak")
          .setAuthUsername(GatewayProcess.SIP_USERNAME)
          .setAuthPassword(GatewayProcess.SIP_PASSWORD)
          .build();
  private static final SIPDispatchRuleInfo RULE =
      SIPDispatchRuleInfo.newBuilder()
          .setSipDispatchRuleId("SDR_soak")
          .setName("soak")
          .addTrunkIds(TRUNK.getSipTrunkId())
          .setRule(
              SIPDispatchRule.newBuilder()
                  .setDispatchRuleCallee(SIPDispatchRuleCallee.getDefaultInstance()))
          .build();

  private final ServerProcess gateway;
  private final int port;
  private final Path letters;
  private final SandboxJambonz jambonz;
  private final ExecutorService phones = Executors.newCachedThreadPool();
  private final Map<String, Long> asked = new ConcurrentHashMap<>();
  private final Tally answers = new Tally();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger talked = new AtomicInteger();
  private final AtomicLong begun = new AtomicLong();
  private final AtomicInteger hooksLost = new AtomicInteger();
  private final List<Look> looks = new ArrayList<>();

  /** What callers got in the place of a dial. */
  private final Set<String> strange = ConcurrentHashMap.newKeySet();

  /** The gateway as it was at a time. */
  private record Look(
      long second, long calls, long heap, long threads, long files, long memory, double p99) {

    void print() {
      System.out.printf(
          Locale.ROOT,
          "| %d | %d | %.1f | %d | %d | %d | %.0f |%n",
          second,
          calls,
          heap / 1048576.0,
          threads,
          files,
          memory,
          p99);
    }
  }

  /**
   * @param livekit where the gateway registers its calls
   * @param port the gateway's public port
   * @param letters its folder of dead letters
   */
  Soak(SandboxLiveKit livekit, ServerProcess gateway, int port, Path letters) {
    this.gateway = gateway;
    this.port = port;
    this.letters = letters;
    URI hooks = URI.create("http://127.0.0.1:" + port);
    jambonz = new SandboxJambonz(livekit, hooks, GatewayProcess.WEBHOOK_SECRET, this::hear);
    livekit.store(TRUNK);
    livekit.store(RULE);
    livekit.register(SandboxWorker.named(GatewayProcess.AGENT));
    livekit.webhooksTo(hooks.resolve("/livekit-events"));
  }

  /** Arguments: for how many minutes after the warm-up, 10 without it; calls a second, else 50. */
  public static void main(String[] arguments) throws IOException {
    Duration time = Duration.ofMinutes(arguments.length > 0 ? Long.parseLong(arguments[0]) : 10);
    int aSecond = arguments.length > 1 ? Integer.parseInt(arguments[1]) : A_SECOND;
    List<String> problems;
    try (Bench bench = new Bench();
        ServerProcess gateway = bench.gateway();
        Soak soak = new Soak(bench.livekit, gateway, bench.port, bench.folder.resolve("letters"))) {
      soak.run(aSecond, WARM, time, BETWEEN);
      soak.print();
      problems = soak.problems();
    }
    problems.forEach(System.out::println);
    System.exit(problems.isEmpty() ? 0 : 1);
  }

  /** Lets calls come, few at first, and looks at the gateway now and then once it is warm. */
  void run(int aSecond, Duration warm, Duration time, Duration between) {
    long begin = System.nanoTime();
    long end = begin + warm.plus(time).toNanos();
    Thread looking = new Thread(() -> look(begin, warm, end, between), "soak-looks");
    looking.start();
    long pace = 1_000_000_000L / aSecond;
    for (long due = begin; due < end; due += due < begin + warm.toNanos() / 2 ? 4 * pace : pace) {
      LockSupport.parkNanos(due - System.nanoTime());
      underWay.incrementAndGet();
      phones.execute(this::call);
    }
    await(() -> underWay.get() == 0);
    try {
      looking.join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void call() {
    String caller = "+1555%07d".formatted(begun.incrementAndGet());
    try {
      Outcome outcome = jambonz.call(new PhoneCall(caller, "+15550001000", TALK));
      talked.addAndGet(outcome.answered() ? 1 : 0);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      underWay.decrementAndGet();
    }
  }

  /** What the callers' Jambonz does and gets. */
  private void hear(SandboxEvent event) {
    switch (event.what()) {
      case "hook" -> asked.putIfAbsent(event.room(), System.nanoTime());
      case "verbs" -> answered(event, event.detail().startsWith("dial "), true);
      case "refused" -> answered(event, false, event.detail().startsWith("HTTP"));
      case "event lost" -> hooksLost.incrementAndGet();
      default -> {}
    }
  }

  /** The first answer is that of the call hook. */
  private void answered(SandboxEvent event, boolean dials, boolean something) {
    long since = asked.put(event.room(), 0L);
    if (since == 0) {
      return;
    }
    answers.add(System.nanoTime() - since, something, dials);
    if (!dials) {
      strange.add(event.detail());
    }
  }

  // ---- looks

  private void look(long begin, Duration warm, long end, Duration between) {
    System.out.println("| s | calls | live heap MB | threads | open files | memory MB | p99 ms |");
    System.out.println("|---|---|---|---|---|---|---|");
    long due = begin + warm.toNanos();
    while (due <= end) {
      LockSupport.parkNanos(due - System.nanoTime());
      Look look =
          new Look(
              Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
              answers.calls(),
              gateway.heap(),
              gateway.threads(),
              gateway.files(),
              gateway.memory(),
              answers.within(990));
      looks.add(look);
      look.print();
      due = Math.max(due + between.toNanos(), System.nanoTime());
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  void print() {
    System.out.printf(
        Locale.ROOT,
        "%n%d calls, %d lost, %d answered without a dial, %d talked; p50 %.0f ms, p99 %.0f ms, slowest %.0f ms; %d hooks lost, %d dead letters, %d calls still active%n",
        answers.calls(),
        answers.lost(),
        answers.wrong(),
        talked.get(),
        answers.within(500),
        answers.within(990),
        answers.within(1000),
        hooksLost.get(),
        Hooks.letters(letters).size(),
        active());
  }

  // ---- the judge

  /** What is not as it should be, a sentence each. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    long calls = begun.get();
    if (answers.calls() - answers.lost() - answers.wrong() != calls) {
      problems.add(
          "%d calls: %d without a dial, %d lost: %s"
              .formatted(calls, answers.wrong(), answers.lost(), strange));
    }
    if (hooksLost.get() > 0) {
      problems.add(hooksLost + " hooks got no answer");
    }
    await(() -> active() == 0);
    if (active() > 0) {
      problems.add(active() + " calls did not end in the record");
    }
    long heap = last(Look::heap) - first(Look::heap);
    if (heap > SMALL && last(Look::heap) > first(Look::heap) * MOST_GROWTH) {
      problems.add("the live heap grew by %d MB".formatted(heap >> 20));
    }
    if (last(Look::threads) > first(Look::threads) + SOME_THREADS) {
      problems.add(
          "threads grew from %d to %d".formatted(first(Look::threads), last(Look::threads)));
    }
    return problems;
  }

  private int active() {
    return Hooks.ofOperator(port)
        .get("/livekit-api/calls?state=active&limit=500")
        .json()
        .path("calls")
        .size();
  }

  private long first(ToLongFunction<Look> figure) {
    return average(looks.subList(0, third()), figure);
  }

  private long last(ToLongFunction<Look> figure) {
    return average(looks.subList(looks.size() - third(), looks.size()), figure);
  }

  private int third() {
    return Math.max(1, looks.size() / 3);
  }

  private static long average(List<Look> looks, ToLongFunction<Look> figure) {
    return (long) looks.stream().mapToLong(figure).average().orElseThrow();
  }

  @Override
  public void close() {
    phones.shutdownNow();
  }
}
