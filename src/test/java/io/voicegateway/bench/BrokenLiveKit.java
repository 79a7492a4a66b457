package io.voicegateway.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Something in LiveKit's place that fails in one way at a time. */
final class BrokenLiveKit implements AutoCloseable {

  private static final String NEVER_ENDS = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
  private static final long FLAP_MS = 1000;
  private static final long DRIP_MS = 200;

  private final AtomicInteger requests = new AtomicInteger();
  private final Vertx vertx;
  private final NetServer server;
  private volatile Fault fault = Fault.NONE;

  /** How it fails. */
  enum Fault {
    NONE("works"),
    HUNG("answers nothing"),
    DRIP("answers a byte each 200 ms"),
    RESET("hangs up in the middle of its answer"),
    GARBAGE("answers what is no protobuf"),
    S401("answers 401"),
    S403("answers 403"),
    S429("answers 429"),
    S429_LATER("answers 429 with Retry-After: 30"),
    S500("answers 500"),
    HALF("answers 500 every other time"),
    FLAPS("is away every other second");

    final String words;

    Fault(String words) {
      this.words = words;
    }
  }

  BrokenLiveKit(Vertx vertx) {
    this.vertx = vertx;
    this.server =
        vertx
            .createNetServer()
            .connectHandler(socket -> socket.handler(request -> answer(socket)))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  void fail(Fault fault) {
    this.fault = fault;
  }

  private void answer(NetSocket socket) {
    int request = requests.incrementAndGet();
    switch (fault) {
      case NONE -> status(socket, "200 OK", "");
      case HUNG -> {}
      case DRIP -> {
        socket.write(NEVER_ENDS);
        long drops = vertx.setPeriodic(DRIP_MS, drop -> socket.write("x"));
        socket.closeHandler(closed -> vertx.cancelTimer(drops));
      }
      case RESET -> socket.write(NEVER_ENDS + "half").onComplete(sent -> socket.close());
      case GARBAGE -> socket.write(answer("200 OK", "", "no protobuf at all"));
      case S401 -> status(socket, "401 Unauthorized", "");
      case S403 -> status(socket, "403 Forbidden", "");
      case S429 -> status(socket, "429 Too Many Requests", "");
      case S429_LATER -> status(socket, "429 Too Many Requests", "Retry-After: 30\r\n");
      case S500 -> status(socket, "500 Internal Server Error", "");
      case HALF -> status(socket, request % 2 == 0 ? "200 OK" : "500 Internal Server Error", "");
      case FLAPS -> {
        if (System.currentTimeMillis() / FLAP_MS % 2 == 0) {
          status(socket, "200 OK", "");
        } else {
          socket.close();
        }
      }
    }
  }

  private static void status(NetSocket socket, String status, String headers) {
    socket.write(answer(status, headers, ""));
  }

  private static Buffer answer(String status, String headers, String body) {
    return Buffer.buffer(
        "HTTP/1.1 %s\r\nContent-Type: application/protobuf\r\n%sContent-Length: %d\r\n\r\n%s"
            .formatted(status, headers, body.length(), body));
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }
}
