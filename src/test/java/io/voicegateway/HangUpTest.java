package io.voicegateway;

import static io.voicegateway.JambonzCalls.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.Hooks.Reply;
import java.io.IOException;
import java.util.UUID;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An operator hangs up, by Jambonz's REST API as well as by LiveKit. */
@GatewayTest
class HangUpTest {

  private static final MockWebServer JAMBONZ = new MockWebServer();

  @DynamicPropertySource
  static void jambonz(DynamicPropertyRegistry properties) throws IOException {
    JambonzCalls.start(JAMBONZ, properties);
  }

  @AfterAll
  static void stop() {
    JAMBONZ.close();
  }

  @Value("${local.gateway.port}")
  private int port;

  private final String sid = UUID.randomUUID().toString();
  private Hooks hooks;

  @BeforeEach
  void aCall() {
    hooks = Hooks.ofOperator(port);
    hooks.call(Hooks.newCall(sid));
  }

  @Test
  void anAnsweredCallIsCompleted() throws InterruptedException {
    JAMBONZ.enqueue(answer(202));

    assertThat(hangUp(sid).status()).isEqualTo(204);

    RecordedRequest request = JAMBONZ.takeRequest();
    assertThat(request.getRequestLine())
        .isEqualTo("PUT /v1/Accounts/account-1/Calls/" + sid + " HTTP/1.1");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer key-of-the-account");
    assertThat(body(request)).isEqualTo("{\"call_status\":\"completed\"}");
  }

  @Test
  void aCallThatRingsIsRefusedToItsCaller() throws InterruptedException {
    JAMBONZ.enqueue(answer(422));
    JAMBONZ.enqueue(answer(202));

    assertThat(hangUp(sid).status()).isEqualTo(204);

    JAMBONZ.takeRequest();
    assertThat(body(JAMBONZ.takeRequest())).isEqualTo("{\"call_status\":\"no-answer\"}");
  }

  @Test
  void theRoomIsEndedWhenJambonzDoesNotKnowTheCall() throws InterruptedException {
    JAMBONZ.enqueue(answer(404));

    assertThat(hangUp(sid).status()).isEqualTo(204);

    JAMBONZ.takeRequest();
  }

  @Test
  void aCallThatNeitherKnowsIsNotFound() throws InterruptedException {
    JAMBONZ.enqueue(answer(404));

    Reply reply = hangUp("nobody");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json().path("error").asText()).startsWith("There is no such call");
    JAMBONZ.takeRequest();
  }

  @Test
  void theRoomIsEndedWhenJambonzFails() throws InterruptedException {
    JAMBONZ.enqueue(answer(500));

    assertThat(hangUp(sid).status()).isEqualTo(204);

    JAMBONZ.takeRequest();
  }

  @Test
  void aJambonzThatRefusesIsNamedAndItsKeyIsNot() throws InterruptedException {
    JAMBONZ.enqueue(answer(401));

    Reply reply = hangUp("without-a-room");

    assertThat(reply.status()).isEqualTo(502);
    assertThat(reply.body()).contains("Jambonz", "HTTP 401").doesNotContain("key-of-the-account");
    JAMBONZ.takeRequest();
  }

  private Reply hangUp(String callSid) {
    return hooks.send("DELETE", "/livekit-api/calls/" + callSid);
  }

  private static String body(RecordedRequest request) {
    return request.getBody() == null ? "" : request.getBody().utf8();
  }
}
