package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.sandbox.OutboundLeg;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A caller is sent to a leg of LiveKit's that has just gone. */
@GatewayTest
@TestPropertySource(properties = "gateway.jambonz.public-url=https://gateway.example.test")
class AloneInConferenceTest {

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

  @Autowired private SandboxLiveKit livekit;

  private final BlockingQueue<OutboundLeg> invited = new LinkedBlockingQueue<>();
  private final String sid = UUID.randomUUID().toString();

  @Test
  void aCallerWhoFindsNoLegInTheConferenceGetsTheNextRung() throws Exception {
    livekit.farEnd("jambonz.sandbox.invalid", invited::add);
    JAMBONZ.enqueue(JambonzCalls.answer(202));
    Hooks hooks = new Hooks(port);
    Reply first =
        hooks.call(
            """
            {"call_sid": "%s", "from": "+15550002000", "to": "+15550008888"}"""
                .formatted(sid));
    OutboundLeg leg = invited.poll(5, TimeUnit.SECONDS);
    assertThat(leg).isNotNull();
    leg.answer();
    String ask = path(first.json().path(2).path("actionHook").asText());
    Reply joined =
        await()
            .until(
                () -> hook(hooks, ask, "trying"),
                reply -> reply.verbs().equals("conference hangup"));
    JsonNode conference = joined.json().path(0);

    hooks.event(
        path(conference.path("statusHook").asText()),
        """
        {"call_sid": "%s", "event": "start", "conference_sid": "conf:x", "direction": "inbound",
         "from": "+15550002000", "to": "+15550008888", "call_status": "in-progress", "members": 0,
         "customerData": %s}"""
            .formatted(sid, first.json().path(0).path("data")));

    RecordedRequest redirect = JAMBONZ.takeRequest(5, TimeUnit.SECONDS);
    assertThat(redirect).isNotNull();
    assertThat(redirect.getUrl().encodedPath()).endsWith("/Calls/" + sid);
    JsonNode change = new JsonMapper().readTree(redirect.getBody().utf8());
    String again = path(change.at("/call_hook/url").asText());
    assertThat(again).startsWith("/livekit-api/waiting?then=");
    Reply next = hook(hooks, again, "in-progress");
    assertThat(next.dial().at("/target/0/number").asText()).isEqualTo("+15550009999");
  }

  private Reply hook(Hooks hooks, String path, String status) {
    return hooks.call(
        path,
        """
        {"call_sid": "%s", "from": "+15550002000", "to": "+15550008888", "direction": "inbound",
         "call_status": "%s", "sip_status": 100, "fs_sip_address": "127.0.0.1:5070"}"""
            .formatted(sid, status)
            .getBytes(StandardCharsets.UTF_8),
        "application/json");
  }

  private static String path(String address) {
    return address.replace("https://gateway.example.test", "");
  }
}
