package io.voicegateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.voicegateway.doctor.Diagnosis.Level;
import io.voicegateway.livekit.api.RingingTimeout;
import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.routing.Credentials;
import io.voicegateway.livekit.routing.Invite;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  void aTrunkThatCutsTalksShortIsAWarning() {
    assertWarning(
        trunk().setMaxCallDuration(Duration.newBuilder().setSeconds(6)).build(),
        rule().build(),
        "after 6 s",
        "max_call_duration");
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
  void theAddressThatJambonzCallsFromIsTried() {
    List<SIPInboundTrunkInfo> trunks = List.of(trunk().addAllowedAddresses("172.20.0.5").build());
    List<SIPDispatchRuleInfo> rules = List.of(rule().build());

    assertThat(check(trunks, rules, "54.1.2.3").examine(null))
        .first()
        .satisfies(
            one -> {
              assertThat(one.level()).isEqualTo(Level.PROBLEM);
              assertThat(one.words()).contains("coming from 54.1.2.3", "(allowed_addresses)");
              assertThat(one.advice())
                  .contains("allowed_addresses of trunk ST_ours", "--allow", "Do not take");
            });
    assertThat(check(trunks, rules, "172.20.0.5").examine(null))
        .extracting(Diagnosis::level)
        .containsOnly(Level.OK);
    assertThat(check(trunks, rules).examine(null))
        .filteredOn(one -> one.level() == Level.WARNING)
        .singleElement()
        .satisfies(one -> assertThat(one.advice()).contains("--source-ip"));
  }

  @Test
  void addressesThatLiveKitReadsOtherwiseThanPeopleDoAreNamed() {
    assertThat(
            examine(
                List.of(
                    trunk()
                        .addAllowedAddresses("1.2.3.4:5060")
                        .addAllowedAddresses("10.0.0.0/33")
                        .addAllowedAddresses("192.0.2.0/24")
                        .addAllowedAddresses("sbc.example.test")
                        .build()),
                List.of(rule().build())))
        .filteredOn(one -> one.words().contains("it lets nobody in"))
        .extracting(Diagnosis::words)
        .satisfiesExactly(
            one -> assertThat(one).contains("\"1.2.3.4:5060\""),
            one -> assertThat(one).contains("\"10.0.0.0/33\""));
    assertThat(
            examine(
                List.of(trunk().addAllowedAddresses("1.2.3.4, 5.6.7.8").build()),
                List.of(rule().build())))
        .anyMatch(one -> one.words().contains("with none left lets everybody in"));
  }

  @Test
  void onLiveKitCloudACallOnNoTrunkIsNotFound() {
    List<SIPDispatchRuleInfo> open = List.of(rule().clearTrunkIds().build());

    assertThat(check(List.of(), open).examine(null)).first().satisfies(this::isOk);
    assertThat(check(List.of(), open, true).examine(null))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.level()).isEqualTo(Level.PROBLEM);
              assertThat(one.words()).contains("LiveKit Cloud takes none without");
              assertThat(one.advice()).contains("./gateway setup --apply");
            });
    assertThat(
            check(
                    List.of(trunk().addAllowedAddresses("192.0.2.1").build()),
                    open,
                    true,
                    "192.0.2.1")
                .examine(null))
        .extracting(Diagnosis::level)
        .as("nobody falls through to no trunk")
        .containsOnly(Level.OK);
  }

  private void isOk(Diagnosis one) {
    assertThat(one.level()).isEqualTo(Level.OK);
  }

  @Test
  void everyConflictOfOthersIsToldOnce() {
    List<Diagnosis> all =
        examine(
            List.of(
                trunk().build(),
                foreign("ST_a").addNumbers("+15550002000").build(),
                foreign("ST_b").addNumbers("15550002000").build()),
            List.of(
                rule().build(),
                rule().setSipDispatchRuleId("SDR_a").clearTrunkIds().addTrunkIds("ST_a").build(),
                rule().setSipDispatchRuleId("SDR_b").clearTrunkIds().addTrunkIds("ST_a").build()));

    assertThat(all).first().satisfies(this::isOk);
    assertThat(all)
        .filteredOn(one -> one.words().contains("503"))
        .extracting(Diagnosis::words)
        .satisfiesExactly(
            one -> assertThat(one).contains("ST_a", "ST_b", "***000").doesNotContain("15550002000"),
            one -> assertThat(one).contains("SDR_a", "SDR_b"));
  }

  @Test
  void allCallersWhoFailAreToldAndWhatMeetsOneOnlyIsSaidToDoSo() {
    List<Diagnosis> all =
        examine(
            List.of(
                trunk().build(),
                trunk().setSipTrunkId("ST_some").addAllowedNumbers("+15559990000").build()),
            List.of(
                rule().build(),
                rule()
                    .setSipDispatchRuleId("SDR_vip")
                    .addInboundNumbers("+15559991111")
                    .setRule(
                        SIPDispatchRule.newBuilder()
                            .setDispatchRuleDirect(
                                SIPDispatchRuleDirect.newBuilder().setRoomName("vip-15559992222")))
                    .build()));

    assertThat(all)
        .filteredOn(one -> one.level() == Level.PROBLEM)
        .extracting(Diagnosis::words)
        .satisfiesExactly(
            one -> assertThat(one).contains("of the caller ***000 ", "ST_some"),
            one -> assertThat(one).contains("of the caller ***111 ", "SDR_vip", "vip-***222"));
    assertThat(all.toString()).doesNotContain("5559990000", "5559991111", "5559992222");
  }

  @Test
  void theRingingTimeoutIsJudgedAsSetupSetsIt() {
    assertThat(examine(List.of(trunk().build()), List.of(rule().build()))).hasSize(1);
    assertThat(
            examine(
                List.of(trunk().setRingingTimeout(Duration.newBuilder().setSeconds(19)).build()),
                List.of(rule().build())))
        .anyMatch(one -> one.advice().contains("18 s"));
    assertThat(RingingTimeout.under(1)).isEqualTo(1);
  }

  @Test
  void aTrunkWithNumbersAndNothingElseIsAnOpenDoor() {
    SIPInboundTrunkInfo open = foreign("ST_open").addNumbers("+15550002000").build();
    SIPDispatchRuleInfo desk =
        rule().setSipDispatchRuleId("SDR_desk").clearTrunkIds().addTrunkIds("ST_open").build();
    List<SIPDispatchRuleInfo> rules = List.of(rule().build(), desk);

    assertThat(examine(List.of(trunk().build(), open), rules))
        .filteredOn(one -> one.check().equals("open to the world"))
        .singleElement()
        .satisfies(one -> assertThat(one.words()).contains("ST_open").doesNotContain("15550002"));
    for (SIPInboundTrunkInfo guarded :
        List.of(
            open.toBuilder().addAllowedAddresses("192.0.2.1").build(),
            open.toBuilder().setAuthUsername("a").setAuthPassword("b").build())) {
      assertThat(examine(List.of(trunk().build(), guarded), rules)).hasSize(1);
    }
  }

  @Test
  void aRuleForSomeNumbersAndAnyTrunkIsAnOpenDoor() {
    SIPDispatchRuleInfo some =
        rule()
            .setSipDispatchRuleId("SDR_some")
            .clearTrunkIds()
            .addNumbers("+15550003000")
            .addNumbers("+15550003001")
            .build();
    SIPDispatchRuleInfo known =
        rule()
            .setSipDispatchRuleId("SDR_known")
            .clearTrunkIds()
            .addInboundNumbers("+15550004000")
            .build();

    assertThat(
            examine(
                List.of(trunk().addAllowedNumbers("x").build()),
                List.of(rule().build(), some, known)))
        .filteredOn(one -> one.words().startsWith("Anybody who reaches the SIP port"))
        .extracting(Diagnosis::words)
        .satisfiesExactly(
            one -> assertThat(one).contains("and calls ***000 gets", "SDR_some"),
            one -> assertThat(one).contains("SIP port gets", "SDR_known"))
        .noneMatch(one -> one.contains("555000"));
  }

  @Test
  void everyNumberOfATrunkIsTriedAndWhatIsFoundTwiceIsToldOnce() {
    SIPInboundTrunkInfo open =
        foreign("ST_open")
            .addNumbers("+15550002000")
            .addNumbers("+15550002001")
            .addNumbers("+15550002002")
            .build();
    SIPDispatchRuleInfo desk =
        rule()
            .setSipDispatchRuleId("SDR_desk")
            .clearTrunkIds()
            .addTrunkIds("ST_open")
            .addNumbers("+15550002001")
            .addNumbers("+15550002002")
            .build();

    assertThat(examine(List.of(trunk().build(), open), List.of(rule().build(), desk)))
        .filteredOn(one -> one.check().equals("open to the world"))
        .singleElement()
        .satisfies(one -> assertThat(one.words()).contains("ST_open"));
  }

  @Test
  void manyNumbersAreTriedInBoundedTime() {
    SIPInboundTrunkInfo.Builder many = foreign("ST_many");
    SIPDispatchRuleInfo.Builder rule = rule().clearTrunkIds();
    for (int i = 0; i < 1_000; i++) {
      many.addNumbers("+1555" + (1_000_000 + i)).addAllowedNumbers("+1666" + (1_000_000 + i));
      rule.addNumbers("+1777" + i);
    }

    assertThat(examine(List.of(many.build()), List.of(rule.build())))
        .filteredOn(one -> one.check().equals("open to the world"))
        .hasSizeBetween(1, 10);
  }

  @Test
  void anAddressListThatEverybodyIsInKeepsNobodyOut() {
    SIPInboundTrunkInfo.Builder open = trunk().clearAuthUsername().clearAuthPassword();

    for (String mask : List.of("0.0.0.0/0", "::/0")) {
      assertThat(
              examine(
                  List.of(open.clone().addAllowedAddresses(mask).build()), List.of(rule().build())))
          .anyMatch(one -> one.words().startsWith("Anybody who reaches the SIP port"))
          .noneMatch(one -> one.words().contains("lets in its allowed_addresses only"));
    }
  }

  @Test
  void aPasswordWithoutAUserIsHalfALogin() {
    assertThat(examine(List.of(trunk().clearAuthUsername().build()), List.of(rule().build())))
        .anyMatch(one -> one.words().contains("a password without a user"));
  }

  @Test
  void aCallerWhoIsNotAllowedIsNotMendedByAWiderRule() {
    RoutingCheck check =
        check(List.of(trunk().addAllowedNumbers("+15550100001").build()), List.of(rule().build()));

    assertThat(check.examine(Invite.of("+15559990000", "call-1", "")))
        .last()
        .satisfies(
            one -> {
              assertThat(one.advice()).contains("allowed_numbers of trunk ST_ours", "Do not take");
              assertThat(one.advice()).doesNotContain("Make");
            });
  }

  @Test
  void noTrunkOfOthersIsChangedForTheGatewaysCalls() {
    assertThat(
            examine(
                List.of(
                    foreign("ST_theirs")
                        .setAuthUsername("them")
                        .addAllowedNumbers("+1555")
                        .build()),
                List.of()))
        .filteredOn(one -> one.words().startsWith("The gateway's call"))
        .isNotEmpty()
        .allSatisfy(
            one ->
                assertThat(one.advice())
                    .contains("./gateway setup --apply makes the gateway's own")
                    .doesNotContain("ST_theirs"));
  }

  @Test
  void aNumberOfOthersIsNoReasonToChangeTheGatewaysLogin() {
    RoutingCheck check =
        check(
            List.of(
                trunk().build(),
                foreign("ST_line")
                    .setAuthUsername("them")
                    .setAuthPassword("word")
                    .addNumbers("+15550002000")
                    .build()),
            List.of(rule().build()));

    assertThat(check.examine(Invite.of("+15559990000", "+15550002000", "")))
        .filteredOn(one -> one.words().startsWith("***000 -> ***000"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.level()).isEqualTo(Level.WARNING);
              assertThat(one.advice())
                  .contains("Trunk ST_line has a login of its own")
                  .doesNotContain("LIVEKIT_SIP", "setup");
            });
  }

  @Test
  void aTrunkOfOthersThatIsAskedAboutIsForItsOwner() {
    RoutingCheck check =
        check(
            List.of(
                foreign("ST_line").addNumbers("+15550002000").addAllowedNumbers("+15551").build()),
            List.of());

    assertThat(check.examine(Invite.of("+15559990000", "+15550002000", "")))
        .filteredOn(one -> one.words().startsWith("***000 -> ***000"))
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.advice())
                    .startsWith(
                        "Trunk ST_line is not the gateway's: this is for whoever owns it."));
  }

  @Test
  void aRuleForOthersIsNamedWithWhatItLacks() {
    assertProblem(
        List.of(trunk().build()),
        List.of(rule().addNumbers("+15550002000").build()),
        "is not for the called user",
        "numbers of rule SDR_ours");
    assertProblem(
        List.of(trunk().build()),
        List.of(rule().addInboundNumbers("+15550002000").build()),
        "is not for the caller",
        "inbound_numbers of rule SDR_ours");
    assertProblem(
        List.of(trunk().build()),
        List.of(rule().clearTrunkIds().addTrunkIds("ST_gone").build()),
        "is for trunk ST_gone only",
        "Put trunk ST_ours into trunk_ids of rule SDR_ours");
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

  @Test
  void anAcceptedCallNamesItsTrunkAndWhoDidNotTakeIt() {
    RoutingCheck check =
        check(
            List.of(trunk().build(), foreign("ST_line").addNumbers("+15550002000").build()),
            List.of(
                rule().build(),
                rule()
                    .setSipDispatchRuleId("SDR_line")
                    .clearTrunkIds()
                    .addTrunkIds("ST_line")
                    .build()));

    assertThat(check.examine(Invite.of("+15559990000", "+15550001000", "")))
        .filteredOn(one -> one.words().startsWith("***000 -> ***000"))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.level()).isEqualTo(Level.OK);
              assertThat(one.words())
                  .contains("accepted into room ***000 on trunk ST_ours")
                  .contains("Not taken by others: trunk ST_line", "(numbers); rule SDR_line")
                  .doesNotContain("5550001000", "5559990000");
            });
  }

  @Test
  void whoElseDidNotTakeACallIsToldWithinBounds() {
    List<SIPInboundTrunkInfo> lines =
        Stream.concat(
                Stream.of(trunk().build()),
                IntStream.range(0, 9)
                    .mapToObj(i -> foreign("ST_" + i).addNumbers("+1555000200" + i).build()))
            .toList();

    assertThat(check(lines, List.of(rule().build())).examine(Invite.of("1", "call-1", "")))
        .anyMatch(one -> one.words().endsWith("; and 4 more."));
  }

  @Test
  void aPinOrAnotherRoomIsAProblemForTheGatewaysOwnCall() {
    SIPDispatchRule pin =
        SIPDispatchRule.newBuilder()
            .setDispatchRuleDirect(SIPDispatchRuleDirect.newBuilder().setRoomName("a").setPin("1"))
            .build();
    SIPDispatchRule direct =
        SIPDispatchRule.newBuilder()
            .setDispatchRuleDirect(SIPDispatchRuleDirect.newBuilder().setRoomName("a"))
            .build();

    assertThat(levelOf(pin, "call-1")).isEqualTo(Level.PROBLEM);
    assertThat(levelOf(pin, "+15550001000")).isEqualTo(Level.WARNING);
    assertThat(levelOf(direct, "call-1")).isEqualTo(Level.PROBLEM);
    assertThat(levelOf(direct, "+15550001000")).isEqualTo(Level.OK);
  }

  private static Level levelOf(SIPDispatchRule rule, String called) {
    return check(List.of(trunk().build()), List.of(rule().setRule(rule).build()))
        .examine(Invite.of("+15559990000", called, ""))
        .stream()
        .filter(one -> one.words().startsWith("***000 -> "))
        .findFirst()
        .orElseThrow()
        .level();
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
      List<SIPInboundTrunkInfo> trunks, List<SIPDispatchRuleInfo> rules, String... sources) {
    return check(trunks, rules, false, sources);
  }

  private static RoutingCheck check(
      List<SIPInboundTrunkInfo> trunks,
      List<SIPDispatchRuleInfo> rules,
      boolean cloud,
      String... sources) {
    return new RoutingCheck(
        new SipConfiguration(trunks, List.of(), rules),
        cloud,
        new RoutingCheck.Own(
            Credentials.of("gateway", "password"), "voice-agent", 20, List.of(sources)));
  }

  private static SIPInboundTrunkInfo.Builder trunk() {
    return SIPInboundTrunkInfo.newBuilder()
        .setSipTrunkId("ST_ours")
        .setAuthUsername("gateway")
        .setAuthPassword("password")
        .setRingingTimeout(Duration.newBuilder().setSeconds(18));
  }

  private static SIPInboundTrunkInfo.Builder foreign(String id) {
    return SIPInboundTrunkInfo.newBuilder().setSipTrunkId(id).setName("theirs");
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
