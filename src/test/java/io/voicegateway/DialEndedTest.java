package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.Hooks.Reply;
import io.voicegateway.jambonz.RecordedHook;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Value;

/** What a caller gets when the dial to his agent ended. */
@GatewayTest
class DialEndedTest {

  @Value("${local.gateway.port}")
  private int port;

  private Hooks hooks;

  @BeforeEach
  void prepare() {
    hooks = new Hooks(port);
  }

  @ParameterizedTest(name = "{0}/{1} while the caller is {2}: {3}")
  @CsvSource({
    "failed,    401, trying,      sip:decline:480 hangup",
    "failed,    503, trying,      sip:decline:480 hangup",
    "busy,      486, trying,      sip:decline:480 hangup",
    "no-answer, 487, trying,      sip:decline:480 hangup",
    "ringing,   180, trying,      sip:decline:480 hangup",
    "trying,    100, trying,      sip:decline:480 hangup",
    "failed,    503, in-progress, pause hangup",
    "completed, 200, in-progress, ''",
    "completed, 200, completed,   ''",
    "no-answer, 487, no-answer,   ''",
  })
  void theLadderGoesOnOnlyForACallerWhoStillWaits(
      String dial, int sip, String caller, String verbs) {
    Reply reply =
        hooks.event(
            "/livekit-api/dial",
            """
            {"call_sid": "a", "from": "+15550002000", "to": "+15550001000", "direction": "inbound",
             "call_status": "%s", "dial_call_status": "%s", "dial_sip_status": %d}"""
                .formatted(caller, dial, sip));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.verbs()).isEqualTo(verbs);
  }

  /** As Jambonz tells of it: in the form of a leg's status, without any dial. */
  @Test
  void aCallerWhoseConferenceWithTheAgentEndedHadHisTalk() {
    Reply reply =
        hooks.event(
            "/livekit-api/dial",
            """
            {"call_sid": "a", "from": "+15550002000", "to": "+15550001000", "direction": "inbound",
             "call_status": "in-progress", "sip_status": 200, "sip_reason": "OK",
             "fs_sip_address": "127.0.0.1:5070"}""");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.verbs()).isEmpty();
  }

  static List<RecordedHook> recordedEnds() {
    return RecordedHook.posted().stream()
        .filter(hook -> hook.hook().startsWith("dial actionHook"))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recordedEnds")
  void everyEndThatARealJambonzPostedIsAnswered(RecordedHook hook) {
    Reply reply = hooks.post("/livekit-api/dial", hook.bytes(), hook.contentType());

    assertThat(reply.status()).isEqualTo(200);
    boolean talked = hook.rawBody().contains("\"dial_call_status\":\"completed\"");
    boolean gone = hook.rawBody().contains("\"call_termination_by\"");
    assertThat(reply.verbs().isEmpty()).isEqualTo(talked || gone);
  }

  @Test
  void anEndThatCannotBeReadIsTakenForACallerWhoWaits() {
    Reply reply = hooks.event("/livekit-api/dial", "{\"call_sid\": ");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.verbs()).isEqualTo("play sip:decline:480 hangup");
  }

  @Test
  void statusEventsAreNoted() {
    assertThat(
            hooks
                .event("/livekit-api/status", "{\"call_sid\":\"a\",\"call_status\":\"x\"}")
                .status())
        .isEqualTo(204);
  }
}
