package io.voicegateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.ByteString;

/** Stands before a LiveKit, which does what it is asked while its answers may not come. */
final class LateLiveKit implements AutoCloseable {

  /** What becomes of a request for a room. */
  record Manner(Duration until, Duration after, boolean cut) {

    static final Manner PROMPT = new Manner(Duration.ZERO, Duration.ZERO, false);

    /** It is done at once, and nobody hears of it. */
    static final Manner SILENT = answeredAfter(Duration.ofHours(1));

    /** It is done at once, and the connection breaks. */
    static final Manner CUT_OFF = new Manner(Duration.ZERO, Duration.ZERO, true);

    static Manner answeredAfter(Duration time) {
      return new Manner(Duration.ZERO, time, false);
    }

    /** It is done later, and nobody hears of it. */
    static Manner doneAfter(Duration time) {
      return new Manner(time, Duration.ofHours(1), false);
    }
  }

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final MockWebServer front = new MockWebServer();
  private final String behind;
  private volatile Manner manner = Manner.PROMPT;

  private LateLiveKit(String behind) {
    this.behind = behind;
  }

  static LateLiveKit before(String url) {
    LateLiveKit livekit = new LateLiveKit(url);
    livekit.front.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return livekit.answer(request);
          }
        });
    try {
      livekit.front.start();
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    return livekit;
  }

  String url() {
    return front.url("/").toString();
  }

  /** How requests for rooms are treated from now on. */
  void registers(Manner manner) {
    this.manner = manner;
  }

  private MockResponse answer(RecordedRequest request) {
    String path = request.getUrl().encodedPath();
    Manner how = path.endsWith("/CreateRoom") ? manner : Manner.PROMPT;
    Executor then =
        CompletableFuture.delayedExecutor(how.until().toMillis(), TimeUnit.MILLISECONDS);
    HttpResponse<byte[]> done =
        CompletableFuture.supplyAsync(() -> passOn(path, request), then).join();
    MockResponse.Builder answer =
        new MockResponse.Builder()
            .code(done.statusCode())
            .body(new Buffer().write(done.body()))
            .headersDelay(how.after().toMillis(), TimeUnit.MILLISECONDS);
    done.headers()
        .firstValue("Content-Type")
        .ifPresent(type -> answer.setHeader("Content-Type", type));
    if (how.cut()) {
      answer.onResponseStart(new SocketEffect.CloseSocket());
    }
    return answer.build();
  }

  private HttpResponse<byte[]> passOn(String path, RecordedRequest request) {
    ByteString body = request.getBody();
    HttpRequest.Builder passed =
        HttpRequest.newBuilder(URI.create(behind + path))
            .method(
                request.getMethod(),
                BodyPublishers.ofByteArray(body == null ? new byte[0] : body.toByteArray()));
    for (String name : new String[] {"Authorization", "Content-Type"}) {
      String value = request.getHeaders().get(name);
      if (value != null) {
        passed.header(name, value);
      }
    }
    try {
      return HTTP.send(passed.build(), BodyHandlers.ofByteArray());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException closing) {
      throw new IllegalStateException(closing);
    }
  }

  @Override
  public void close() {
    front.close();
  }
}
