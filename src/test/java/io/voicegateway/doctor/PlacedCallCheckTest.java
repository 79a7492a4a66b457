package io.voicegateway.doctor;

import static io.voicegateway.sip.ScriptedServer.answers;
import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.doctor.Diagnosis.Level;
import io.voicegateway.livekit.api.OpenedApi;
import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.routing.Invite;
import io.voicegateway.sandbox.SandboxLiveKit;
import io.voicegateway.sandbox.SandboxWorker;
import io.voicegateway.sip.PlacedCall;
import io.voicegateway.sip.PlacedCall.Ending;
import io.voicegateway.sip.ScriptedServer;
import io.voicegateway.sip.SipAddress;
import io.voicegateway.sip.SipAddress.Transport;
import io.voicegateway.sip.SipAnswer;
import io.voicegateway.sip.SipClient;
import io.voicegateway.sip.SipLogin;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import livekit.LivekitSip.SIPDispatchRule;
import livekit.LivekitSip.SIPDispatchRuleCallee;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a placed call proves, and what it does not. */
class PlacedCallCheckTest {

  private static final SIPInboundTrunkInfo TRUNK =
      SIPInboundTrunkInfo.newBuilder().setSipTrunkId("ST_ours").build();

  private static final String SECRET = "secret-secret-secret-secret-secret";
  private static final SIPInboundTrunkInfo OPEN =
      TRUNK.toBuilder().setAuthUsername("gateway").build();
  private static final SIPDispatchRuleInfo RULE =
      SIPDispatchRuleInfo.newBuilder()
          .setSipDispatchRuleId("SDR_ours")
          .addTrunkIds("ST_ours")
          .setRule(
              SIPDispatchRule.newBuilder()
                  .setDispatchRuleCallee(SIPDispatchRuleCallee.getDefaultInstance()))
          .build();

  private SandboxLiveKit livekit;
  private ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    livekit = SandboxLiveKit.start(0, "key", SECRET, event -> {});
    server = ScriptedServer.on(Transport.TCP);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    livekit.close();
  }

  @Test
  void aCallThatRangInItsRoomUntilItWasCancelledIsProof() {
    assertThat(judged(TRUNK, Ending.CANCELLED, 487, true, true).level()).isEqualTo(Level.OK);
  }

  @Test
  void aCallThatRangElsewhereIsNone() {
    Diagnosis judged = judged(TRUNK, Ending.CANCELLED, 487, true, false);

    assertThat(judged.level()).isEqualTo(Level.PROBLEM);
    assertThat(judged.words()).contains("not in its room");
  }

  @Test
  void aCallThatNobodyAskedForItsLoginProvesNoLogin() {
    assertThat(judged(TRUNK, Ending.CANCELLED, 487, false, true).level()).isEqualTo(Level.WARNING);
  }

  @Test
  void anAgentWithoutANameMayAnswerInTheRoom() {
    assertThat(judged(TRUNK, Ending.ANSWERED, 200, true, true).level()).isEqualTo(Level.OK);
    Diagnosis elsewhere = judged(TRUNK, Ending.ANSWERED, 200, true, false);
    assertThat(elsewhere.level()).isEqualTo(Level.PROBLEM);
    assertThat(elsewhere.advice()).contains("PIN");
  }

  @Test
  void aTrunkThatLetsInOthersOnlyProvesNothing() {
    Diagnosis byAddress =
        judged(
            TRUNK.toBuilder().addAllowedAddresses("192.0.2.1").build(),
            Ending.DROPPED,
            180,
            false,
            false);
    Diagnosis byNumber =
        judged(
            TRUNK.toBuilder().addAllowedNumbers("+15550100001").build(),
            Ending.DROPPED,
            180,
            false,
            false);

    assertThat(List.of(byAddress, byNumber))
        .extracting(Diagnosis::level)
        .containsOnly(Level.WARNING);
    assertThat(byAddress.words()).contains("allowed_addresses");
    assertThat(byNumber.words()).contains("allowed_numbers").doesNotContain("5550100001");
    assertThat(judged(TRUNK, Ending.DROPPED, 180, false, false).level()).isEqualTo(Level.PROBLEM);
  }

  @Test
  void aRefusalSaysWhoseLoginItMustBe() {
    Diagnosis judged = judged(TRUNK, Ending.REFUSED, 401, true, false);

    assertThat(judged.level()).isEqualTo(Level.PROBLEM);
    assertThat(judged.advice()).contains("LIVEKIT_SIP_PASSWORD");
  }

  @Test
  void aDroppedCallSaysWhyByLiveKitsOwnRules() {
    SIPInboundTrunkInfo line = TRUNK.toBuilder().addNumbers("+15550001000").build();

    assertThat(judged(line, Ending.DROPPED, 180, false, false))
        .satisfies(
            one -> {
              assertThat(one.words())
                  .contains("on no trunk", "ST_ours", "there are no dispatch rules")
                  .doesNotContain("15550001000");
              assertThat(one.advice()).contains("./gateway setup --apply");
            });
  }

  // ---- with a LiveKit and a SIP server

  @Test
  void aCallRingsInARoomToWhichNoAgentComesAndIsCancelled() throws IOException {
    livekit.register(SandboxWorker.named(""));
    livekit.store(OPEN);
    livekit.store(RULE);
    ScriptedServer.Step rings =
        (request, peer) ->
            livekit.invite(
                Invite.of("doctor", request.uri().replaceAll("sip:|@.*", ""), "127.0.0.1"),
                Map.of(),
                event -> {});
    server.when("INVITE", answers("180 Ringing").then(rings)).when("CANCEL", server.cancels());

    Diagnosis found = examined(null, List.of(OPEN), List.of(RULE));

    assertThat(found.level()).as(found.words()).isEqualTo(Level.OK);
    assertThat(found.words()).contains("it rang in its room until it was cancelled");
    assertThat(livekit.rooms()).isEmpty();
  }

  @Test
  void aCallThatFitsAndIsDroppedMayHaveGoneToAnotherLiveKit() throws IOException {
    server.when("INVITE", answers("180 Ringing"));

    Diagnosis found = examined(null, List.of(OPEN), List.of(RULE));

    assertThat(found.level()).as(found.words()).isEqualTo(Level.PROBLEM);
    assertThat(found.words()).contains("dropped it in silence", "LiveKit would take it");
    assertThat(found.advice()).contains("another LiveKit's");
  }

  @Test
  void aHostThatRefusesIsQuoted() throws IOException {
    server.when("INVITE", answers("503 Try again later"));

    assertThat(examined(null, List.of(), List.of()).words()).contains("503");
  }

  private Diagnosis examined(
      @Nullable SipLogin login, List<SIPInboundTrunkInfo> trunks, List<SIPDispatchRuleInfo> rules) {
    try (OpenedApi api = OpenedApi.to(livekit.url(), "key", SECRET)) {
      return new PlacedCallCheck(
              new SipClient(),
              server.address(),
              login,
              api.rooms(),
              new SipConfiguration(trunks, List.of(), rules))
          .examine();
    }
  }

  private static Diagnosis judged(
      SIPInboundTrunkInfo trunk, Ending ending, int code, boolean challenged, boolean came) {
    try (OpenedApi api = OpenedApi.to("http://127.0.0.1:1", "key", "secret-secret-secret")) {
      return new PlacedCallCheck(
              new SipClient(),
              SipAddress.parse("sip.example.test", "tcp"),
              new SipLogin("gateway", "password"),
              api.rooms(),
              new SipConfiguration(List.of(trunk), List.of(), List.of()))
          .diagnosis(
              new PlacedCall(
                  ending,
                  challenged,
                  List.of(new SipAnswer("INVITE", code, "reason", Duration.ofMillis(5)))),
              came,
              "call-1");
    }
  }
}
