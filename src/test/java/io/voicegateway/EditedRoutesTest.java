package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.Hooks.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.FileSystemUtils;

/** An operator's edit of the routes by which their answers have no verbs. */
@GatewayTest
@TestPropertySource(properties = "gateway.plan.file=src/test/resources/transfer-by-refer-plan.yaml")
class EditedRoutesTest {

  @DynamicPropertySource
  static void answersWithoutVerbs(DynamicPropertyRegistry properties) throws IOException {
    Path routes = Files.createTempDirectory("routes");
    FileSystemUtils.copyRecursively(Path.of("routes"), routes);
    empty(routes.resolve("livekit-api.camel.yaml"), "answer-verbs");
    empty(routes.resolve("livekit-simple.camel.yaml"), "answer-simple-verbs");
    empty(routes.resolve("call-events.camel.yaml"), "answer-next-rung");
    empty(routes.resolve("transfer.camel.yaml"), "answer-transfer");
    properties.add("gateway.routes", routes::toString);
  }

  private static void empty(Path route, String id) throws IOException {
    String text = Files.readString(route);
    String step = "        - to:\n            id: " + id + "\n";
    assertThat(text).contains(step);
    String edit = "        - setBody:\n            simple: \"${empty(list)}\"\n";
    Files.writeString(route, text.replace(step, edit + step));
  }

  @Value("${local.gateway.port}")
  private int port;

  private final String sid = UUID.randomUUID().toString();
  private Hooks hooks;

  @BeforeEach
  void prepare() {
    hooks = new Hooks(port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/livekit-api", "/livekit-simple"})
  void aCallerGetsTheFallbackOfHisNumber(String path) {
    byte[] hook = Hooks.newCall(sid).getBytes(StandardCharsets.UTF_8);

    assertThat(hooks.call(path, hook, "application/json").verbs())
        .isEqualTo("sip:decline:486 hangup");
  }

  @Test
  void aCallerWhoseDialFailedGetsItToo() {
    assertThat(dialEnded("failed", "trying").verbs()).isEqualTo("sip:decline:486 hangup");
  }

  @Test
  void aCallerWhoHadHisTalkNeedsNothing() {
    assertThat(dialEnded("completed", "completed").verbs()).isEmpty();
  }

  @Test
  void aTransferIsRefusedAsLiveKitWouldWaitUntilTheCallEnds() {
    Reply reply =
        hooks.event(
            "/livekit-api/refer",
            """
            {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000",
             "call_status": "in-progress", "fs_sip_address": "127.0.0.1:5070",
             "refer_details": {"sip_refer_to": "<sip:sales@gateway>"}}"""
                .formatted(sid));

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body()).isEmpty();
  }

  private Reply dialEnded(String dial, String caller) {
    return hooks.event(
        "/livekit-api/dial",
        """
        {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000", "direction": "inbound",
         "call_status": "%s", "dial_call_status": "%s", "dial_sip_status": 503}"""
            .formatted(sid, caller, dial));
  }
}
