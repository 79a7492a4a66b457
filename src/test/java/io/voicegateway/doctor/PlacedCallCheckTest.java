package io.voicegateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.doctor.Diagnosis.Level;
import io.voicegateway.livekit.api.OpenedApi;
import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.sip.PlacedCall;
import io.voicegateway.sip.PlacedCall.Ending;
import io.voicegateway.sip.SipAddress;
import io.voicegateway.sip.SipAnswer;
import io.voicegateway.sip.SipClient;
import io.voicegateway.sip.SipLogin;
import java.time.Duration;
import java.util.List;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import org.junit.jupiter.api.Test;

/** What a placed call proves, and what it does not. */
class PlacedCallCheckTest {

  private static final SIPInboundTrunkInfo TRUNK =
      SIPInboundTrunkInfo.newBuilder().setSipTrunkId("ST_ours").build();

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
              came);
    }
  }
}
