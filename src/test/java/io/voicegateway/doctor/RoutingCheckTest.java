package io.voicegateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.voicegateway.doctor.Diagnosis.Level;
import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.routing.Credentials;
import io.voicegateway.livekit.routing.Invite;
import java.util.List;
import livekit.LivekitAgentDispatch.RoomAgentDispatch;
import livekit.LivekitRoom.RoomConfiguration;
import livekit.LivekitSip.SIPDispatchRule;
import livekit.LivekitSip.SIPDispatchRuleCallee;
import livekit.LivekitSip.SIPDispatchRuleDirect;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPHeaderOptions;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import org.junit.jupiter.api.Test;

/** What the doctor says of a LiveKit's trunks and rules. */
class RoutingCheckTest {

  @Test
  void aGoodConfigurationIsOk() {
    assertThat(examine(List.of(trunk().build()), List.of(rule().build())))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.level()).isEqualTo(Level.OK);
              assertThat(one.words()).contains("SDR_ours", "call-");
            });
  }

  @Test
  void anEmptyLiveKitDropsTheCallAndSetupMendsIt() {
    assertProblem(List.of(), List.of(), "never answers", "./gateway setup");
  }

  @Test
  void twoTrunksThatMatchAreNamed() {
    assertProblem(
        List.of(trunk().build(), trunk().setSipTrunkId("ST_other").build()),
        List.of(rule().build()),
        "ST_other",
        "Keep one of these trunks");
  }

  @Test
  void twoRulesForTheSameCallsAreNamed() {
    assertProblem(
        List.of(trunk().build()),
        List.of(rule().build(), rule().setSipDispatchRuleId("SDR_other").build()),
        "SDR_other",
        "Delete one of the two rules");
  }

  @Test
  void anotherPasswordIsNamed() {
    assertProblem(
        List.of(trunk().setAuthPassword("other").build()),
        List.of(rule().build()),
        "another user name or password",
        "LIVEKIT_SIP_PASSWORD");
  }

  @Test
  void aRuleForAnotherTrunkDropsTheCall() {
    assertProblem(
        List.of(trunk().build()),
        List.of(rule().clearTrunkIds().addTrunkIds("ST_gone").build()),
        "SDR_ours",
        "./gateway setup");
  }

  @Test
  void aRandomisedRoomIsNotTheCallsRoom() {
    assertProblem(
        List.of(trunk().build()),
        List.of(
            rule()
                .setRule(
                    SIPDispatchRule.newBuilder()
                        .setDispatchRuleCallee(
                            SIPDispatchRuleCallee.newBuilder().setRandomize(true)))
                .build()),
        "does not get into its room",
        "randomize");
  }

  @Test
  void aRuleWithAPinThatTakesTheCallsIsNamed() {
    assertProblem(
        List.of(trunk().build()),
        List.of(
            rule().build(),
            SIPDispatchRuleInfo.newBuilder()
                .setSipDispatchRuleId("SDR_pin")
                .addTrunkIds("ST_ours")
                .setRule(
                    SIPDispatchRule.newBuilder()
                        .setDispatchRuleDirect(
                            SIPDispatchRuleDirect.newBuilder().setRoomName("a").setPin("1")))
                .build()),
        "SDR_pin",
        "PIN");
  }

  @Test
  void aTrunkThatRingsLongerThanTheDialIsAWarning() {
    assertWarning(trunk().clearRingingTimeout().build(), rule().build(), "3 minutes", "18 s");
  }

  @Test
  void aRuleWithoutTheAgentIsAWarning() {
    assertWarning(trunk().build(), rule().clearRoomConfig().build(), "voice-agent", "room_config");
  }

  @Test
  void aUserWithoutAPasswordIsAnOpenDoor() {
    List<Diagnosis> all =
        examine(List.of(trunk().clearAuthPassword().build()), List.of(rule().build()));

    assertThat(all)
        .anyMatch(one -> one.level() == Level.WARNING && one.words().contains("asks nobody"));
    assertThat(all).anyMatch(one -> one.words().startsWith("Anybody who reaches the SIP port"));
  }

  @Test
  void addressesProtectNothingBesideARuleForAnyTrunk() {
    List<Diagnosis> all =
        examine(
            List.of(trunk().addAllowedAddresses("192.0.2.1").build()),
            List.of(rule().clearTrunkIds().build()));

    assertThat(all).anyMatch(one -> one.words().contains("protect nothing"));
    assertThat(all).anyMatch(one -> one.words().startsWith("Anybody who reaches the SIP port"));
  }

  @Test
  void allHeadersHandOverTheDigest() {
    assertWarning(
        trunk().setIncludeHeaders(SIPHeaderOptions.SIP_ALL_HEADERS).build(),
        rule().build(),
        "digest",
        "SIP_X_HEADERS");
  }

  @Test
  void theCallThatIsAskedAboutIsJudgedToo() {
    RoutingCheck check =
        check(List.of(trunk().addAllowedNumbers("+15550100001").build()), List.of(rule().build()));

    assertThat(check.examine(Invite.of("+15559990000", "+15550001000", "")))
        .anySatisfy(
            one -> {
              assertThat(one.level()).isEqualTo(Level.PROBLEM);
              assertThat(one.words()).startsWith("***000 -> ***000: dropped in silence");
              assertThat(one.words()).doesNotContain("5559990000", "5550001000");
            });
  }

  private static void assertProblem(
      List<SIPInboundTrunkInfo> trunks,
      List<SIPDispatchRuleInfo> rules,
      String words,
      String advice) {
    assertThat(examine(trunks, rules))
        .anySatisfy(
            one -> {
              assertThat(one.level()).isEqualTo(Level.PROBLEM);
              assertThat(one.words()).contains(words);
              assertThat(one.advice()).contains(advice);
            });
  }

  private static void assertWarning(
      SIPInboundTrunkInfo trunk, SIPDispatchRuleInfo rule, String words, String advice) {
    assertThat(examine(List.of(trunk), List.of(rule)))
        .hasSize(2)
        .last()
        .satisfies(
            one -> {
              assertThat(one.level()).isEqualTo(Level.WARNING);
              assertThat(one.words()).contains(words);
              assertThat(one.advice()).contains(advice);
            });
  }

  private static List<Diagnosis> examine(
      List<SIPInboundTrunkInfo> trunks, List<SIPDispatchRuleInfo> rules) {
    return check(trunks, rules).examine(null);
  }

  private static RoutingCheck check(
      List<SIPInboundTrunkInfo> trunks, List<SIPDispatchRuleInfo> rules) {
    return new RoutingCheck(
        new SipConfiguration(trunks, List.of(), rules),
        Credentials.of("gateway", "password"),
        "voice-agent",
        20);
  }

  private static SIPInboundTrunkInfo.Builder trunk() {
    return SIPInboundTrunkInfo.newBuilder()
        .setSipTrunkId("ST_ours")
        .setAuthUsername("gateway")
        .setAuthPassword("password")
        .setRingingTimeout(Duration.newBuilder().setSeconds(18));
  }

  private static SIPDispatchRuleInfo.Builder rule() {
    return SIPDispatchRuleInfo.newBuilder()
        .setSipDispatchRuleId("SDR_ours")
        .addTrunkIds("ST_ours")
        .setRule(
            SIPDispatchRule.newBuilder()
                .setDispatchRuleCallee(SIPDispatchRuleCallee.getDefaultInstance()))
        .setRoomConfig(
            RoomConfiguration.newBuilder()
                .addAgents(RoomAgentDispatch.newBuilder().setAgentName("voice-agent")));
  }
}
