package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.Hooks.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/** What operators see of the calls, and who is let in. */
@GatewayTest
@TestPropertySource(properties = {"gateway.ops.user=ops", "gateway.ops.password=s3cret:ü"})
class CallsTest {

  private static final String LOGIN = basic("ops:s3cret:ü");

  @Value("${local.gateway.port}")
  private int port;

  private final String sid = UUID.randomUUID().toString();
  private Hooks hooks;

  @BeforeEach
  void aCall() {
    hooks = new Hooks(port);
    hooks.call(Hooks.newCall(sid));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> get("/" + sid).json().path("state").asText().equals("dialling"));
  }

  @Test
  void aCallIsListedWithItsNumbersMasked() {
    JsonNode call = listed(get("?limit=500"));

    assertThat(call.path("state").asText()).isEqualTo("dialling");
    assertThat(call.path("room").asText()).isEqualTo("call-" + sid);
    assertThat(call.path("from").asText()).isEqualTo("***000");
    assertThat(call.path("agent").asText()).isEqualTo("voice-agent");
    assertThat(call.has("timeline")).isFalse();
  }

  @Test
  void theOperatorSeesWholeNumbersWhenHeAsksForThem() {
    assertThat(listed(get("?full=true&limit=500")).path("from").asText()).isEqualTo("+15550002000");
    assertThat(get("/" + sid + "?full=true").json().path("to").asText()).isEqualTo("+15550001000");
  }

  @Test
  void oneCallHasItsTimeline() {
    JsonNode timeline = get("/" + sid).json().path("timeline");

    assertThat(timeline).extracting(line -> line.path("event").asText()).startsWith("received");
    assertThat(timeline).allMatch(line -> line.path("ms").isInt() && line.has("at"));
  }

  @Test
  void aPageNamesTheNextOne() {
    hooks.call(Hooks.newCall(UUID.randomUUID().toString()));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> get("?state=all&limit=1").json().hasNonNull("next"));

    JsonNode first = get("?state=all&limit=1").json();
    JsonNode second = get("?state=all&limit=1&before=" + first.path("next").asText()).json();

    assertThat(first.path("calls")).hasSize(1);
    assertThat(second.path("calls")).hasSize(1).isNotEqualTo(first.path("calls"));
  }

  @Test
  void anUnknownCallIsNotFound() {
    Reply reply = get("/unknown");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.contentType()).contains("application/json");
    assertThat(reply.json().path("error").asText()).contains("Nothing is known");
  }

  @Test
  void aWrongParameterIsNamed() {
    assertThat(get("?state=gone")).extracting(Reply::status).isEqualTo(400);
    assertThat(get("?limit=0").body()).contains("limit must be a number from 1 to 500");
    assertThat(get("?limit=1&limit=2").status()).isEqualTo(400);
    assertThat(get("?before=nonsense").body()).contains("before must be the next");
  }

  @Test
  void nobodyIsLetInWithoutTheLogin() {
    for (String wrong :
        new String[] {basic("ops:other"), basic("s3cret:ü"), "Basic §", "Bearer x"}) {
      assertThat(hooks.get("/livekit-api/calls", "Authorization", wrong).status())
          .as(wrong)
          .isEqualTo(401);
    }
    Reply reply = hooks.get("/livekit-api/calls/" + sid);
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.challenge()).startsWith("Basic ");
    assertThat(reply.body()).doesNotContain(sid);
  }

  private Reply get(String rest) {
    return hooks.get("/livekit-api/calls" + rest, "Authorization", LOGIN);
  }

  private JsonNode listed(Reply reply) {
    for (JsonNode call : reply.json().path("calls")) {
      if (call.path("call_sid").asText().equals(sid)) {
        return call;
      }
    }
    throw new AssertionError("not listed: " + reply.body());
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }
}
