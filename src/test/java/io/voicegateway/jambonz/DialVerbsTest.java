package io.voicegateway.jambonz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.call.Call;
import io.voicegateway.call.Ladder;
import io.voicegateway.project.SipSettings;
import io.voicegateway.project.TestProjects;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialVerbsTest {

  private static final JsonMapper JSON = new JsonMapper();
  static final SipSettings SIP =
      new SipSettings("sip:sip.example.test:5061", "gw", "secret", "tls");

  @Test
  void dialsTheRoomWithEverythingThatASecondDialNeeds() throws Exception {
    Call call = Calls.from("+15550002000");

    assertThat(verbs(call).get(0))
        .isEqualTo(
            JSON.readTree(
                """
                {"verb": "dial", "answerOnBridge": true, "anchorMedia": true,
                 "dialMusic": "tone_stream://L=60;%%(2000,4000,440,480)",
                 "callerId": "+15550002000", "timeout": 20, "timeLimit": 14400,
                 "headers": {"X-Gateway-Call-Sid": "%1$s", "X-Gateway-From": "+15550002000",
                             "X-Gateway-To": "+15550001000"},
                 "actionHook": "/livekit-api/dial?then=%2$s",
                 "referHook": "/livekit-api/refer?then=%2$s",
                 "target": [{"type": "sip",
                             "sipUri": "sip:call-%1$s@sip.example.test:5061;transport=tls",
                             "auth": {"username": "gw", "password": "secret"}}]}
                """
                    .formatted(Calls.SID, state().seal(call, "room", call.plan().fallback()))));
  }

  @Test
  void endsWithAHangupAndNothingElse() throws Exception {
    assertThat(verbs(Calls.from("+15550002000"))).hasSize(2);
    assertThat(verbs(Calls.from("+15550002000")).get(1).toString())
        .isEqualTo("{\"verb\":\"hangup\"}");
  }

  @Test
  void keepsAHiddenNumberHidden() throws Exception {
    JsonNode dial = verbs(Calls.from("anonymous")).get(0);

    assertThat(dial.path("callerId").asText()).isEqualTo("anonymous");
    assertThat(dial.path("forwardPAI").isBoolean()).isTrue();
    assertThat(dial.path("forwardPAI").asBoolean()).isFalse();
    assertThat(dial.at("/headers/X-Gateway-From").asText()).isEqualTo("anonymous");
  }

  @Test
  void showsThePersonOnThePhoneWhoeverCalledWhom() throws Exception {
    assertThat(verbs(Calls.outbound()).get(0).path("callerId").asText()).isEqualTo("+15550001000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"><script>alert(1)</script>",
        "+1555\r\nX-Evil: 1",
        "caller\u0085next",
        "\ud83d\ude00",
        "a b"
      })
  void writesNoHeaderThatCouldBeReadAsAnother(String caller) throws Exception {
    List<Verb> verbs = intoRoom(Calls.from(caller)).verbs();
    JsonNode dial = JSON.valueToTree(verbs).get(0);

    dial.path("headers")
        .forEach(value -> assertThat(value.asText()).matches("[\\x20-\\x7e]{0,256}"));
    assertThat(dial.path("callerId").asText("")).matches("[+A-Za-z0-9._*#-]*");
    assertThat(new VerbRules().refusal(JSON.writeValueAsString(verbs))).isEmpty();
  }

  @Test
  void namesItsHooksInFullWhereThePublicAddressIsKnown() {
    Answer answer =
        dials("https://gateway.example.test/")
            .intoRoom(Calls.from("+15550002000"), "room", Ladder.DEFAULT);

    assertThat(((Verb.Dial) answer.verbs().get(0)).actionHook())
        .startsWith("https://gateway.example.test/livekit-api/dial?then=");
  }

  @Test
  void theOldWayDialsTheCalledNumber() {
    Answer answer = dials("").toNumber(Calls.from("+15550002000"));
    Verb.Dial dial = (Verb.Dial) answer.verbs().get(0);

    assertThat(answer.rung()).isEqualTo("number");
    assertThat(state().rung(dial.actionHook().split("=", 2)[1])).isEqualTo("number");
    assertThat(dial.target().get(0).sipUri())
        .isEqualTo("sip:+15550001000@sip.example.test:5061;transport=tls");
  }

  @Test
  void theHookOfADialSaysNothingReadable() throws Exception {
    Call call = Calls.withLadder("dial-anyway, dial:+15550009999");

    String hook = verbs(call).get(0).path("actionHook").asText();

    assertThat(hook).startsWith("/livekit-api/dial?then=").doesNotContain("5550009999");
    assertThat(verbs(call).get(0).path("actionHook").asText()).isEqualTo(hook);
    assertThat(state().ladder(hook.split("=", 2)[1])).isEqualTo(call.plan().fallback());
  }

  static DialState state() {
    return new DialState(SIP, new JambonzSettings(List.of("s3cret"), "", false));
  }

  static DialVerbs dials(String publicUrl) {
    return new DialVerbs(
        TestProjects.at(SIP), state(), new JambonzSettings(List.of(), publicUrl, false));
  }

  private static JsonNode verbs(Call call) throws IOException {
    return JSON.readTree(JSON.writeValueAsBytes(intoRoom(call)));
  }

  private static Answer intoRoom(Call call) {
    return dials("").intoRoom(call, "room", call.plan().fallback());
  }
}
