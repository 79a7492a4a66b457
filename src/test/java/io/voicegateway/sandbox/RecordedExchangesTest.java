package io.voicegateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The sandbox answers every recorded request as LiveKit did. */
class RecordedExchangesTest {

  @TestFactory
  Stream<DynamicTest> the_sandbox_answers_as_livekit_did() {
    return Exchange.all().stream()
        .map(exchange -> DynamicTest.dynamicTest(exchange.name(), () -> replay(exchange)));
  }

  private static void replay(Exchange recorded) throws IOException, InterruptedException {
    Exchange exchange = inShort(recorded);
    try (Replay replay = new Replay()) {
      Preconditions.of(exchange).prepare(replay, exchange);
      HttpResponse<String> answer = replay.send(exchange, authorization(exchange));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(exchange.status());
      assertThat(answer.headers().firstValue("Content-Type")).contains(exchange.contentType());
      if (!exchange.name().equals("err-nbf-future-30s")) { // it lists the rooms of other tries
        Likeness.check("response", exchange.response(), body(answer, exchange));
      }
    }
  }

  private static JsonNode body(HttpResponse<String> answer, Exchange exchange) throws IOException {
    return exchange.response().isTextual()
        ? TextNode.valueOf(answer.body())
        : Exchange.JSON.readTree(answer.body());
  }

  /** Recorded requests wait five seconds for callees that never answer. */
  private static Exchange inShort(Exchange exchange) {
    ObjectNode json = exchange.json().deepCopy();
    if (json.get("request") instanceof ObjectNode request
        && request.path("ringing_timeout").asText().equals("5s")) {
      request.put("ringing_timeout", "0.05s");
    }
    return new Exchange(exchange.name(), json);
  }

  private static String authorization(Exchange exchange) {
    String name = exchange.name();
    if (name.startsWith("err-missing-grant") || name.endsWith("missing-roomAdmin")) {
      return "Bearer " + TestTokens.withoutGrants();
    }
    return switch (name) {
      case "err-no-authorization" -> "";
      case "err-garbage-token" -> "Bearer garbage";
      case "err-bad-key" -> "Bearer " + TestTokens.ofKey("otherkey");
      case "err-bad-secret" -> "Bearer " + TestTokens.ofSecret("another-secret-another-secret-0");
      case "err-expired" -> "Bearer " + TestTokens.expired(120);
      case "err-nbf-future" -> "Bearer " + TestTokens.validIn(300);
      case "err-nbf-future-30s" -> "Bearer " + TestTokens.validIn(30);
      case "err-roomAdmin-other-room" -> "Bearer " + TestTokens.full("another-room");
      default -> "Bearer " + TestTokens.full(exchange.room());
    };
  }
}
