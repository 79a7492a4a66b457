package io.voicegateway.livekit.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import livekit.LivekitSip.CreateSIPDispatchRuleRequest;
import livekit.LivekitSip.CreateSIPInboundTrunkRequest;
import livekit.LivekitSip.CreateSIPOutboundTrunkRequest;
import livekit.LivekitSip.SIPDispatchRule;
import livekit.LivekitSip.SIPDispatchRuleCallee;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPOutboundTrunkInfo;
import org.junit.jupiter.api.Test;

/** Refusals beyond those in the recorded exchanges, which the sandbox replays. */
class CreationChecksTest {
  private static final SIPInboundTrunkInfo STORED =
      SIPInboundTrunkInfo.newBuilder()
          .setSipTrunkId("ST_1")
          .setAuthUsername("gw")
          .addAllowedNumbers("+1 555")
          .build();

  @Test
  void two_trunks_for_the_same_caller_conflict_whatever_the_spelling() {
    SIPInboundTrunkInfo added =
        SIPInboundTrunkInfo.newBuilder().setAuthUsername("x").addAllowedNumbers("1555").build();

    assertThat(TrunkChecks.refusalOf(request(added), List.of(STORED)))
        .contains(
            "Conflicting inbound SIP Trunks: \"<new>\" and \"ST_1\", using the same number(s) <any> and AllowedNumber \"1555\"");
  }

  @Test
  void a_trunk_for_named_callers_stands_beside_one_for_all() {
    SIPInboundTrunkInfo forAll = SIPInboundTrunkInfo.newBuilder().setAuthPassword("x").build();

    assertThat(TrunkChecks.refusalOf(request(forAll), List.of(STORED))).isEmpty();
  }

  @Test
  void a_changed_trunk_does_not_conflict_with_its_stored_self() {
    assertThat(
            TrunkChecks.refusalOfChange(STORED.toBuilder().setName("x").build(), List.of(STORED)))
        .isEmpty();
  }

  @Test
  void a_new_trunk_must_not_bring_an_id() {
    assertThat(TrunkChecks.refusalOf(request(STORED), List.of()))
        .contains("trunk id must not be set");
  }

  @Test
  void an_outbound_address_must_not_name_a_transport() {
    SIPOutboundTrunkInfo trunk =
        SIPOutboundTrunkInfo.newBuilder().addNumbers("+1").setAddress("h;transport=tcp").build();

    assertThat(
            TrunkChecks.refusalOf(
                CreateSIPOutboundTrunkRequest.newBuilder().setTrunk(trunk).build()))
        .contains("trunk address should not contain transport parameter");
  }

  @Test
  void a_changed_rule_conflicts_with_others_only() {
    SIPDispatchRuleInfo one = rule("SDR_1", "ST_1");
    SIPDispatchRuleInfo two = one.toBuilder().setSipDispatchRuleId("SDR_2").addNumbers("1").build();

    assertThat(RuleChecks.refusalOfChange(one, List.of(one, two))).isEmpty();
    assertThat(RuleChecks.refusalOfChange(rule("SDR_2", "ST_1"), List.of(one, two)))
        .contains(
            "Dispatch rule for the same trunk, inbound number, number, and PIN combination already exists in dispatch rule \"SDR_1\" \"<blank name>\"");
  }

  /** LiveKit reads the rules of the new trunk only, among which the moved one is not stored yet. */
  @Test
  void a_rule_moved_to_another_trunk_is_not_checked() {
    List<SIPDispatchRuleInfo> stored = List.of(rule("SDR_1", "ST_1"), rule("SDR_2", "ST_2"));

    assertThat(RuleChecks.refusalOfChange(rule("SDR_2", "ST_1"), stored)).isEmpty();
  }

  @Test
  void a_rule_of_no_kind_is_refused() {
    CreateSIPDispatchRuleRequest request =
        CreateSIPDispatchRuleRequest.newBuilder()
            .setDispatchRule(
                SIPDispatchRuleInfo.newBuilder().setRule(SIPDispatchRule.getDefaultInstance()))
            .build();

    assertThat(RuleChecks.refusalOf(request, List.of()))
        .contains("unsupported SIP Dispatch Rule: <nil>");
  }

  private static CreateSIPInboundTrunkRequest request(SIPInboundTrunkInfo trunk) {
    return CreateSIPInboundTrunkRequest.newBuilder().setTrunk(trunk).build();
  }

  private static SIPDispatchRuleInfo rule(String id, String trunkId) {
    return SIPDispatchRuleInfo.newBuilder()
        .setSipDispatchRuleId(id)
        .addTrunkIds(trunkId)
        .setRule(
            SIPDispatchRule.newBuilder()
                .setDispatchRuleCallee(SIPDispatchRuleCallee.getDefaultInstance()))
        .build();
  }
}
