package io.voicegateway.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.voicegateway.GatewayProcess;
import io.voicegateway.jambonz.RecordedHook;
import io.voicegateway.jambonz.Signing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Posts new calls as Jambonz does, each with an id of its own and signed, and judges every answer:
 * it is right when it dials.
 */
final class Callers implements AutoCloseable {

  private static final RecordedHook HOOK =
      RecordedHook.posted().stream().filter(RecordedHook::isNewCall).findFirst().orElseThrow();
  private static final String SID =
      HOOK.rawBody().replaceAll("(?s).*\"call_sid\":\"([^\"]+)\".*", "$1");
  private static final long LIMIT = Duration.ofSeconds(20).toMillis();

  private final Vertx vertx;
  private final HttpClient http;
  private final int port;

  /**
   * @param connections that are open at most; each call has one of its own when 0, as Jambonz does
   */
  Callers(Vertx vertx, int port, int connections) {
    this.vertx = vertx;
    this.port = port;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(connections > 0)
                .setMaxPoolSize(connections > 0 ? connections : 10_000));
  }

  /** One call after the other on every connection. */
  Tally closed(int connections, Duration time) {
    Tally tally = new Tally();
    long end = System.nanoTime() + time.toNanos();
    CompletableFuture<?>[] lines = new CompletableFuture<?>[connections];
    for (int line = 0; line < connections; line++) {
      CompletableFuture<Void> over = new CompletableFuture<>();
      lines[line] = over;
      vertx.runOnContext(begin -> next(tally, end, over));
    }
    CompletableFuture.allOf(lines).join();
    return tally;
  }

  private void next(Tally tally, long end, CompletableFuture<Void> over) {
    if (System.nanoTime() >= end) {
      over.complete(null);
      return;
    }
    call(tally, System.nanoTime()).onComplete(done -> next(tally, end, over));
  }

  /** So many calls a second, whether or not those before were answered. */
  Tally open(int aSecond, Duration time) {
    Tally tally = new Tally();
    AtomicInteger waiting = new AtomicInteger();
    long begin = System.nanoTime();
    long calls = aSecond * time.toSeconds();
    for (long call = 0; call < calls; call++) {
      long due = begin + call * 1_000_000_000L / aSecond;
      LockSupport.parkNanos(due - System.nanoTime());
      waiting.incrementAndGet();
      vertx.runOnContext(now -> call(tally, due).onComplete(done -> waiting.decrementAndGet()));
    }
    while (waiting.get() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
    return tally;
  }

  private Future<Void> call(Tally tally, long due) {
    byte[] body =
        HOOK.rawBody().replace(SID, UUID.randomUUID().toString()).getBytes(StandardCharsets.UTF_8);
    String signature =
        Signing.header(GatewayProcess.WEBHOOK_SECRET, System.currentTimeMillis() / 1000, body);
    AtomicLong status = new AtomicLong();
    return http.request(HttpMethod.POST, port, "127.0.0.1", "/livekit-api")
        .compose(request -> post(request, body, signature, status))
        .onComplete(
            answer -> {
              boolean right = answer.succeeded() && status.get() == 200 && dials(answer.result());
              tally.add(System.nanoTime() - due, answer.succeeded(), right);
            })
        .mapEmpty();
  }

  private static Future<Buffer> post(
      HttpClientRequest request, byte[] body, String signature, AtomicLong status) {
    return request
        .putHeader("Content-Type", "application/json")
        .putHeader("Jambonz-Signature", signature)
        .idleTimeout(LIMIT)
        .send(Buffer.buffer(body))
        .compose(
            answer -> {
              status.set(answer.statusCode());
              return answer.body();
            });
  }

  private static boolean dials(Buffer verbs) {
    return verbs.toString().startsWith("[{\"verb\":\"dial\"");
  }

  @Override
  public void close() {
    http.close().toCompletionStage().toCompletableFuture().join();
  }
}
