package io.voicegateway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.livekit.routing.Invite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/** A sandbox that is sent recorded requests; recorded ids are replaced by its own. */
final class Replay implements AutoCloseable {
  private static final Timings SHORT =
      new Timings(Duration.ofMillis(30), Duration.ofMillis(60), Duration.ofMillis(20));
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final SandboxLiveKit livekit;
  private final Map<String, String> ids = new HashMap<>();

  Replay() throws IOException {
    livekit = SandboxLiveKit.start(0, TestTokens.KEY, TestTokens.SECRET, SHORT, event -> {});
  }

  HttpResponse<String> send(Exchange exchange, String authorization)
      throws IOException, InterruptedException {
    return post(exchange.path(), own(exchange.body()), authorization);
  }

  /** Sends an exchange for its effect and learns the ids in its answer. */
  void perform(String exchange) {
    Exchange recorded = Exchange.named(exchange);
    learn(recorded.response(), call(recorded.path(), own(recorded.body()), recorded.room()));
  }

  JsonNode call(String path, String body, String room) {
    try {
      return Exchange.JSON.readTree(post(path, body, "Bearer " + TestTokens.full(room)).body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void createRoom(String json) {
    call("/twirp/livekit.RoomService/CreateRoom", json, "");
  }

  void outboundTrunk(String recordedId, String address) {
    JsonNode trunk =
        call(
            "/twirp/livekit.SIP/CreateSIPOutboundTrunk",
            "{\"trunk\":{\"numbers\":[\"+15550009999\"],\"address\":\"" + address + "\"}}",
            "");
    ids.put(recordedId, trunk.get("sip_trunk_id").asText());
  }

  /** A call through an open trunk and a callee rule. */
  PhoneLeg phone(String room, String trunkFields, String ruleFields) {
    JsonNode trunk =
        call(
            "/twirp/livekit.SIP/CreateSIPInboundTrunk",
            "{\"trunk\":{\"allowed_addresses\":[\"127.0.0.1\"]" + trunkFields + "}}",
            "");
    call(
        "/twirp/livekit.SIP/CreateSIPDispatchRule",
        "{\"dispatch_rule\":{\"trunk_ids\":[\""
            + trunk.get("sip_trunk_id").asText()
            + "\"],\"rule\":{\"dispatch_rule_callee\":{}}"
            + ruleFields
            + "}}",
        "");
    return livekit.invite(
        Invite.of("+155501000001", room, "127.0.0.1"),
        Map.of("X-Call-Ref", "ref-1", "X-Other", "o", "P-Other", "hidden"),
        event -> {});
  }

  PhoneLeg ringingPhone(String room) {
    PhoneLeg leg = phone(room, "", "");
    awaitPhone(room, "ringing");
    return leg;
  }

  PhoneLeg answeredPhone(String room) {
    livekit.register(new SandboxWorker("voice-agent", Duration.ZERO, true, true));
    createRoom("{\"name\":\"" + room + "\",\"agents\":[{\"agent_name\":\"voice-agent\"}]}");
    PhoneLeg leg = phone(room, "", "");
    awaitPhone(room, "active");
    return leg;
  }

  void awaitPhone(String room, String callStatus) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .until(
            () ->
                livekit.participants(room).stream()
                    .anyMatch(
                        participant ->
                            callStatus.equals(
                                participant.getAttributesMap().get("sip.callStatus"))));
  }

  void awaitJobs(String room, int jobs) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> livekit.jobs(room).size() == jobs);
  }

  private HttpResponse<String> post(String path, String body, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(livekit.url() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private String own(String text) {
    String own = text;
    for (Map.Entry<String, String> id : ids.entrySet()) {
      own = own.replace(id.getKey(), id.getValue());
    }
    return own;
  }

  private void learn(JsonNode recorded, JsonNode actual) {
    if (recorded.isValueNode()) {
      if (recorded.asText().matches("(ST|SDR|AD)_\\w+")) {
        ids.put(recorded.asText(), actual.asText());
      }
      return;
    }
    recorded.fieldNames().forEachRemaining(name -> learn(recorded.get(name), actual.path(name)));
    for (int i = 0; i < recorded.size() && recorded.isArray(); i++) {
      learn(recorded.get(i), actual.path(i));
    }
  }

  @Override
  public void close() {
    livekit.close();
  }
}
