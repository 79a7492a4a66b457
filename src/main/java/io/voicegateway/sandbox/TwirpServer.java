package io.voicegateway.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API over HTTP: route, token, request, answer or error, as LiveKit's Twirp server does it. */
final class TwirpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TwirpServer.class);
  private static final String PREFIX = "/twirp/livekit.";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final ObjectMapper JSON = new ObjectMapper();

  static {
    // the JDK's server sends an answer's head alone, and would wait 40 ms for its acknowledgement
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer http;
  private final Tokens tokens;
  private final Loop loop;
  private final Events events;
  private final Map<String, TwirpService> services;
  private final Executor threads;
  private volatile Duration delay = Duration.ZERO;

  private record Answer(int status, String contentType, ByteString body) {
    static Answer text(int status, String text) {
      return new Answer(status, TEXT, ByteString.copyFromUtf8(text));
    }
  }

  TwirpServer(
      int port,
      Tokens tokens,
      Loop loop,
      Events events,
      List<TwirpService> services,
      Executor threads)
      throws IOException {
    this.tokens = tokens;
    this.loop = loop;
    this.events = events;
    this.services =
        services.stream().collect(Collectors.toMap(TwirpService::name, Function.identity()));
    this.threads = threads;
    this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  int port() {
    return http.getAddress().getPort();
  }

  /** Answers so long after what was asked is done. */
  void answerAfter(Duration delay) {
    this.delay = delay;
  }

  @Override
  public void close() {
    http.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      exchange.sendResponseHeaders(answer.status(), answer.body().size());
      answer.body().writeTo(exchange.getResponseBody());
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (path.equals("/")) {
      return Answer.text(200, "OK");
    }
    Grants grants;
    try {
      grants = tokens.grants(exchange.getRequestHeaders().getFirst("Authorization"));
    } catch (Tokens.Refused e) {
      return Answer.text(401, String.valueOf(e.getMessage()));
    }
    String[] parts = path.startsWith(PREFIX) ? path.substring(PREFIX.length()).split("/", 2) : null;
    if (parts == null || parts.length < 2 || !services.containsKey(parts[0])) {
      return Answer.text(404, "404 page not found\n");
    }
    try {
      return call(exchange, parts[0], parts[1], body, grants);
    } catch (TwirpError e) {
      return error(e);
    }
  }

  private Answer call(
      HttpExchange exchange, String service, String name, byte[] body, Grants grants)
      throws IOException {
    String route = exchange.getRequestMethod() + " " + PREFIX + service + "/" + name;
    if (!exchange.getRequestMethod().equals("POST")) {
      throw badRoute(
          "unsupported method \"" + exchange.getRequestMethod() + "\" (only POST is allowed)",
          route);
    }
    TwirpService.Method<?> method =
        Optional.ofNullable(services.get(service))
            .flatMap(found -> found.method(name))
            .orElseThrow(
                () ->
                    badRoute(
                        "no handler for path \"" + PREFIX + service + "/" + name + "\"", route));
    String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
    Codec codec =
        Codec.of(contentType)
            .orElseThrow(
                () -> badRoute("unexpected Content-Type: \"" + orEmpty(contentType) + "\"", route));
    Message request = read(codec, method.prototype(), body);
    events.tell(name, RoomOf.request(request), "");
    Message response = await(method, request, grants, name);
    return new Answer(200, codec.contentType(), codec.write(response));
  }

  private Message await(
      TwirpService.Method<?> method, Message request, Grants grants, String name) {
    try {
      return loop.askLater(() -> method.call(request, grants))
          .thenApplyAsync(
              Function.identity(),
              CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, threads))
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TwirpError refused) {
        events.tell(
            name + " refused",
            RoomOf.request(request),
            refused.code().word() + ": " + refused.message());
        throw refused;
      }
      LOG.error("{} failed in the sandbox", name, e);
      throw TwirpError.of(TwirpCode.INTERNAL, "internal service panic");
    }
  }

  private static Message read(Codec codec, Message prototype, byte[] body) {
    try {
      return codec.read(prototype, body);
    } catch (InvalidProtocolBufferException e) {
      throw TwirpError.of(
          TwirpCode.MALFORMED,
          "the " + codec.name().toLowerCase(Locale.ROOT) + " request could not be decoded");
    }
  }

  private static TwirpError badRoute(String message, String route) {
    return new TwirpError(TwirpCode.BAD_ROUTE, message, Map.of("twirp_invalid_route", route));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Answer error(TwirpError error) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("code", error.code().word());
    json.put("msg", error.message());
    if (!error.meta().isEmpty()) {
      json.put("meta", error.meta());
    }
    return new Answer(
        error.code().http(),
        Codec.JSON.contentType(),
        ByteString.copyFrom(JSON.writeValueAsBytes(json)));
  }
}
