package io.voicegateway.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.Hooks;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Calls come for a minute, 200 a second, while the routes are edited 40 times, every other time
 * wrongly: no call may be lost or answered wrongly, every wrong edit must be rejected with its
 * line, and every good one be served.
 */
final class Edits {

  private static final int A_SECOND = 200;
  private static final Duration TIME = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What an operator gets wrong: the text that is there, and what he makes of it. */
  private record Mistake(String file, String text, String edit) {}

  private static final String CALLS = "livekit-api.camel.yaml";
  private static final String EVENTS = "call-event.camel.yaml";

  private static final List<Mistake> MISTAKES =
      List.of(
          new Mistake(CALLS, "- bean:", "- baen:"),
          new Mistake(CALLS, "ref: hookReader", "rfe: hookReader"),
          new Mistake(CALLS, "ref: hookReader", "ref: hookRaeder"),
          new Mistake(CALLS, "method: read", "method: raed"),
          new Mistake(CALLS, "uri: direct:answer", "uri: direct:anwser"),
          new Mistake(CALLS, "uri: direct:answer", "uri: dircet:answer"),
          new Mistake(CALLS, "id: livekit-api", "id: livekit-simple"),
          new Mistake(CALLS, "id: read-call", "id: verify-signature"),
          new Mistake(CALLS, "steps:", "steps"),
          new Mistake(CALLS, "simple: \"${body}\"", "simple: \"${boddy(}\""),
          new Mistake(CALLS, "simple: \"${body}\"", "simple: \"${body.nothing}\""),
          new Mistake(CALLS, "- route:", "- route\n"),
          new Mistake(CALLS, "  from:", "   from:"),
          new Mistake(CALLS, "uri: platform-http", "uri: platfrom-http"),
          new Mistake(CALLS, "httpMethodRestrict", "httpMethodRestrct"),
          new Mistake(EVENTS, "Id: asked-again", "Id: asked-agian"),
          new Mistake(EVENTS, "first-retry}}", "frist-retry}}"),
          new Mistake(EVENTS, "java.lang.Exception", "java.lang.Excepton"),
          new Mistake("livekit-simple.camel.yaml", "http:/livekit-simple", "http:/livekit-api"),
          new Mistake("livekit-simple.camel.yaml", "method: verify", "method: verfiy"));

  private final Bench bench;
  private final Path routes;
  private int served;
  private int rejected;
  private long slowest;

  private Edits(Bench bench) {
    this.bench = bench;
    this.routes = bench.folder.resolve("routes");
  }

  public static void main(String[] arguments) throws Exception {
    try (Bench bench = new Bench();
        ServerProcess gateway = bench.gateway();
        Callers callers = new Callers(bench.vertx, bench.port, 0)) {
      callers.open(A_SECOND / 4, Duration.ofSeconds(10));
      Edits edits = new Edits(bench);
      CompletableFuture<Void> editing = CompletableFuture.runAsync(edits::all);
      Tally tally = callers.open(A_SECOND, TIME);
      editing.get(5, TimeUnit.MINUTES);
      System.out.printf(
          Locale.ROOT,
          "%d calls, %d lost, %d answered wrongly, p50 %.1f ms, p99 %.1f ms, slowest %.0f ms, %d MB%n"
              + "%d of %d good edits served, %d of %d wrong ones rejected with their line, the slowest seen after %d ms%n",
          tally.calls(),
          tally.lost(),
          tally.wrong(),
          tally.within(500),
          tally.within(990),
          tally.within(1000),
          gateway.memory(),
          edits.served,
          MISTAKES.size(),
          edits.rejected,
          MISTAKES.size(),
          edits.slowest);
    }
  }

  private void all() {
    Duration between = TIME.dividedBy(2L * MISTAKES.size() + 1);
    for (int edit = 0; edit < MISTAKES.size(); edit++) {
      LockSupport.parkNanos(between.toNanos());
      good(edit);
      LockSupport.parkNanos(between.toNanos() / 2);
      wrong(MISTAKES.get(edit));
    }
  }

  /** A route of one's own comes, says something else, moves, and goes. */
  private void good(int number) {
    try {
      Path file = routes.resolve("greeting.camel.yaml");
      String path = number % 4 == 2 ? "/salutation" : "/greeting";
      if (number % 4 == 3) {
        Files.delete(file);
        served += seen(() -> get("/salutation").status() == 404);
        return;
      }
      Files.writeString(
          file,
          """
          - route:
              id: greeting
              from:
                uri: platform-http:%s
                steps:
                  - setBody: {id: words, constant: edit %d}
          """
              .formatted(path, number));
      served += seen(() -> get(path).body().equals("edit " + number));
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void wrong(Mistake mistake) {
    try {
      Path file = routes.resolve(mistake.file());
      String before = Files.readString(file);
      int at = before.indexOf(mistake.text());
      Files.writeString(
          file,
          before.substring(0, at)
              + mistake.edit()
              + before.substring(at + mistake.text().length()));
      int one = seen(() -> rejected().path("line").asInt() > 0);
      rejected += one;
      if (one == 0) {
        System.out.println(mistake + ": " + rejected());
      }
      Files.writeString(file, before);
      seen(() -> rejected().isMissingNode());
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** 1 when it is so in time. */
  private int seen(BooleanSupplier check) {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < PATIENCE.toNanos()) {
      if (check.getAsBoolean()) {
        slowest = Math.max(slowest, (System.nanoTime() - begin) / 1_000_000);
        return 1;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return 0;
  }

  private JsonNode rejected() {
    return Hooks.ofOperator(bench.managementPort).get("/routes").json().path("rejected");
  }

  private Reply get(String path) {
    return new Hooks(bench.port).get(path);
  }
}
