package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.call.record.CallChange;
import io.voicegateway.call.record.CallChanges;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallRecord;
import io.voicegateway.call.record.CallState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.springframework.context.ApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * A web address that is told of calls and may fail in several ways, the routes that post to it, and
 * what to tell it.
 */
final class EventReceiver extends Dispatcher implements AutoCloseable {

  static final String SECRET = "s3cret-token/+1";

  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  final Queue<RecordedRequest> requests = new ConcurrentLinkedQueue<>();

  private final MockWebServer server = new MockWebServer();
  private final Queue<JsonNode> taken = new ConcurrentLinkedQueue<>();
  private volatile Manner manner = Manner.TAKES;
  private volatile CountDownLatch hanging = new CountDownLatch(1);

  enum Manner {
    TAKES,
    REFUSES,
    HANGS,
    BREAKS_OFF
  }

  EventReceiver() throws IOException {
    server.setDispatcher(this);
    server.start();
  }

  /** Where events are posted to; it holds a secret. */
  String address() {
    return server
        .url("/calls")
        .newBuilder()
        .addQueryParameter("token", SECRET)
        .addQueryParameter("site", "1")
        .build()
        .toString();
  }

  /** From now on; whoever hangs is let go. */
  void becomes(Manner next) {
    manner = next;
    hanging.countDown();
    hanging = new CountDownLatch(1);
  }

  void forget() {
    taken.clear();
    requests.clear();
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
    requests.add(request);
    MockResponse.Builder answer = new MockResponse.Builder().body("thank you");
    switch (manner) {
      case TAKES -> taken.add(read(request.getBody().toByteArray()));
      case REFUSES -> answer.code(503).addHeader("Retry-After", "1");
      case HANGS -> hanging.await();
      case BREAKS_OFF -> answer.onResponseStart(SocketEffect.ShutdownConnection.INSTANCE);
    }
    return answer.build();
  }

  List<JsonNode> taken() {
    return List.copyOf(taken);
  }

  /** The ids of the events that it took, in their order. */
  List<String> ids() {
    return taken.stream().map(event -> event.path("id").asText()).toList();
  }

  /** How often it was told of that event, whatever it answered. */
  long timesTold(String id) {
    return requests.stream()
        .map(request -> read(request.getBody().toByteArray()).path("id").asText())
        .filter(id::equals)
        .count();
  }

  @Override
  public void close() {
    hanging.countDown();
    server.close();
  }

  // ---- the operator's side

  /** The routes with the line of the web address taken in, and other lines after it. */
  static Path takenInto(Path routes, String... moreLines) throws IOException {
    FileSystemUtils.deleteRecursively(routes);
    FileSystemUtils.copyRecursively(Path.of("routes"), routes);
    Path file = routes.resolve("call-event.camel.yaml");
    String line = "        # - to: direct:post-call-event\n";
    String text = Files.readString(file);
    assertThat(text).contains(line);
    String taken = line.replace("# ", "") + String.join("", moreLines);
    Files.writeString(file, text.replace(line, taken));
    return routes;
  }

  /** The ids of the events in letters, whether a letter holds one or many. */
  static List<String> ids(List<JsonNode> letters) {
    List<String> ids = new ArrayList<>();
    for (JsonNode letter : letters) {
      JsonNode body = read(letter.path("body").asText().getBytes(StandardCharsets.UTF_8));
      (body.isArray() ? body : List.of(body)).forEach(it -> ids.add(it.path("id").asText()));
    }
    return ids;
  }

  // ---- the gateway's side

  /** A call came into a state; whoever listens in the gateway is told. */
  static void tell(ApplicationContext gateway, String sid, CallState state) {
    CallEvent received =
        new CallEvent.Received(
            sid, NOW, "+15550002000", "+15550001000", "inbound", "voice-agent", 14400);
    CallRecord call = CallRecord.of(List.of(received));
    CallChange change = new CallChange(sid + ":" + state.word(), null, state, NOW, call);
    gateway.getBeansOfType(CallChanges.class).values().forEach(each -> each.changed(change));
  }

  /** The dial into a call's room failed, and with it the call. */
  static String failedDial(String sid) {
    return """
        {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000", "direction": "inbound",
         "call_status": "failed", "call_termination_by": "jambonz",
         "dial_call_status": "failed", "dial_sip_status": 401}"""
        .formatted(sid);
  }

  private static JsonNode read(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
