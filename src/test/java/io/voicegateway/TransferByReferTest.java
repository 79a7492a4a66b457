package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.call.record.CallEvent.Referred;
import io.voicegateway.call.record.CallEvent.TransferBegun;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** The caller's carrier is asked to connect him to the person, before Jambonz does. */
@GatewayTest
@Import(HeardEvents.class)
@TestPropertySource(properties = "gateway.plan.file=src/test/resources/transfer-by-refer-plan.yaml")
class TransferByReferTest {

  @Autowired private HeardEvents heard;

  @Value("${local.gateway.port}")
  private int port;

  private final String sid = UUID.randomUUID().toString();
  private Hooks hooks;
  private JsonNode talk;

  @BeforeEach
  void anAgentTalksToACaller() {
    hooks = new Hooks(port);
    talk = hooks.call(Hooks.newCall(sid)).dial();
  }

  @Test
  void theCarrierIsAskedFirstAndNoLaterVerbCallsThePersonBehindItsBack() {
    Reply reply = refer("sales");

    assertThat(reply.verbs()).isEqualTo("sip:refer redirect hangup");
    JsonNode verb = reply.json().path(0);
    assertThat(verb.path("referTo").asText()).isEqualTo("+15550003671");
    assertThat(verb.path("referredBy").asText()).isEqualTo("+15550001000");
    assertThat(reply.json().at("/1/actionHook").asText())
        .isEqualTo(verb.path("actionHook").asText());
    assertThat(heard.of(sid, TransferBegun.class))
        .extracting(TransferBegun::rung)
        .containsExactly("transfer:sales");
  }

  @Test
  void aSipAddressIsLeftAsItIs() {
    assertThat(refer("desk").json().at("/0/referTo").asText())
        .isEqualTo("sip:desk@pbx.example.test");
  }

  @Test
  void aCallerWhoIsConnectedIsNotDialledForOnceMore() {
    Reply reply = referred("\"refer_status\": 202, \"final_referred_call_status\": \"200\"");

    assertThat(Hooks.playable(reply).verbs()).isEqualTo("hangup");
    assertThat(heard.of(sid, Referred.class))
        .extracting(Referred::rung, Referred::answer, Referred::outcome)
        .containsExactly(tuple("transfer:sales", 202, 200));
  }

  @ParameterizedTest(name = "{0}, then {1}")
  @CsvSource({"202, 486", "202, 603", "405,", "503,"})
  void whenTheCarrierDidNotReachThePersonJambonzDialsHim(String answer, String outcome) {
    Reply reply = referred(answer, outcome);

    assertThat(Hooks.playable(reply).verbs()).isEqualTo("dial hangup");
    assertThat(reply.dial().at("/target/0/number").asText()).isEqualTo("+15550003671");
    assertThat(heard.of(sid, Referred.class)).hasSize(1);
  }

  @ParameterizedTest(name = "{0}, then {1}")
  @CsvSource({"202,", "200,", "202, 180", ","})
  void whileThePersonMayStillRingHeIsNotCalledAgainAndTheCallerGoesBackToHisAgent(
      String answer, String outcome) {
    Reply reply = referred(answer, outcome);

    assertThat(Hooks.playable(reply).verbs()).isEqualTo("dial hangup");
    assertThat(reply.dial().at("/target/0/sipUri").asText()).startsWith("sip:call-" + sid + "@");
    assertThat(reply.body()).doesNotContain("+15550003671");
    assertThat(ended(reply).verbs()).isEqualTo("pause hangup");
  }

  @Test
  void aCallerWhoLeftWhileThePersonRangNeedsNothing() {
    Reply reply =
        hooks.event(
            refer("sales").json().at("/0/actionHook").asText(),
            """
            {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "+15550001000",
             "call_status": "completed", "call_termination_by": "caller", "refer_status": 202,
             "fs_sip_address": "127.0.0.1:5070"}"""
                .formatted(sid));

    assertThat(reply.verbs()).isEmpty();
  }

  @Test
  void aHookThatCannotBeReadIsRefusedSoThatTheNextVerbAsksAgain() {
    assertThat(hooks.event("/livekit-api/referred", "{").status()).isEqualTo(403);
  }

  private Reply ended(Reply backToAgent) {
    return hooks.event(
        backToAgent.dial().path("actionHook").asText(),
        """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "+15550001000",
         "call_status": "in-progress", "dial_call_status": "failed", "dial_sip_status": 503}"""
            .formatted(sid));
  }

  private Reply referred(String answer, String outcome) {
    return referred(
        "\"refer_status\": %s, \"final_referred_call_status\": %s".formatted(answer, outcome));
  }

  private Reply referred(String outcome) {
    return hooks.event(
        refer("sales").json().at("/0/actionHook").asText(),
        """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "+15550001000",
         "call_status": "in-progress", "fs_sip_address": "127.0.0.1:5070", %s}"""
            .formatted(sid, outcome));
  }

  private Reply refer(String extension) {
    return Hooks.playable(
        hooks.event(
            talk.path("referHook").asText(),
            """
            {"call_sid": "leg-b", "parent_call_sid": "%s", "call_status": "in-progress",
             "fs_sip_address": "127.0.0.1:5070",
             "refer_details": {"sip_refer_to": "<sip:%s@gateway>"}}"""
                .formatted(sid, extension)));
  }
}
