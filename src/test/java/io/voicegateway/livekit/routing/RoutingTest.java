package io.voicegateway.livekit.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.livekit.routing.Verdict.Outcome;
import java.util.List;
import livekit.LivekitSip.SIPDispatchRule;
import livekit.LivekitSip.SIPDispatchRuleCallee;
import livekit.LivekitSip.SIPDispatchRuleDirect;
import livekit.LivekitSip.SIPDispatchRuleIndividual;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPMediaEncryption;
import org.junit.jupiter.api.Test;

/** Rules of LiveKit that no recorded case shows; each was read in its source. */
class RoutingTest {
  private static final Invite CALL = Invite.of("+15550100001", "call-1", "192.0.2.7");
  private static final SIPInboundTrunkInfo TRUNK =
      SIPInboundTrunkInfo.newBuilder()
          .setSipTrunkId("ST_1")
          .addAllowedAddresses("192.0.2.0/24")
          .build();
  private static final SIPDispatchRuleInfo CALLEE =
      rule("SDR_callee", callee("", false)).addTrunkIds("ST_1").build();

  @Test
  void a_call_without_trunk_meets_conflicts_among_rules_of_any_trunk() {
    List<SIPDispatchRuleInfo> rules =
        List.of(
            rule("SDR_a", direct("a")).addTrunkIds("ST_9").build(),
            rule("SDR_b", direct("b")).addTrunkIds("ST_9").build(),
            rule("SDR_open", callee("", false)).build());

    Verdict untrunked = route(List.of(), rules, CALL);
    Verdict trunked = route(List.of(TRUNK), rules, CALL);

    assertThat(untrunked.code()).isEqualTo(503);
    assertThat(untrunked.rings()).isTrue();
    assertThat(untrunked.cause()).isEqualTo(Cause.RULES_CONFLICT);
    assertThat(untrunked.involved()).containsExactly("SDR_a", "SDR_b");
    assertThat(trunked.ruleId()).isEqualTo("SDR_open");
  }

  @Test
  void one_number_in_two_spellings_makes_a_rule_conflict_with_itself() {
    SIPDispatchRuleInfo rule =
        rule("SDR_1", direct("r")).addNumbers("+15550001111").addNumbers("1555 000-1111").build();

    assertThat(route(List.of(), List.of(rule), CALL).cause()).isEqualTo(Cause.RULES_CONFLICT);
  }

  @Test
  void a_rule_for_caller_and_called_number_beats_a_rule_for_one_of_them() {
    SIPDispatchRuleInfo both =
        rule("SDR_both", callee("", false))
            .addTrunkIds("ST_1")
            .addInboundNumbers("+15550100001")
            .addNumbers("call-1")
            .build();
    SIPDispatchRuleInfo called =
        rule("SDR_called", direct("r")).addTrunkIds("ST_1").addNumbers("call-1").build();

    assertThat(route(List.of(TRUNK), List.of(CALLEE, called, both), CALL).ruleId())
        .isEqualTo("SDR_both");
  }

  @Test
  void with_equal_priority_the_lower_room_name_wins() {
    SIPDispatchRuleInfo b =
        rule("SDR_b", direct("b")).addNumbers("call-1").addNumbers("call-2").build();
    SIPDispatchRuleInfo a = rule("SDR_a", direct("a")).addInboundNumbers("+15550100001").build();

    assertThat(route(List.of(), List.of(b, a), CALL).ruleId()).isEqualTo("SDR_a");
  }

  @Test
  void a_rule_with_a_pin_is_answered_without_a_room_and_beats_open_rules() {
    SIPDispatchRule pin =
        SIPDispatchRule.newBuilder()
            .setDispatchRuleIndividual(SIPDispatchRuleIndividual.newBuilder().setPin("42"))
            .build();
    Verdict verdict =
        route(
            List.of(TRUNK),
            List.of(CALLEE, rule("SDR_pin", pin).addTrunkIds("ST_1").build()),
            CALL);

    assertThat(verdict.outcome()).isEqualTo(Outcome.ANSWERED);
    assertThat(verdict.cause()).isEqualTo(Cause.ASKS_FOR_PIN);
    assertThat(verdict.room()).isEmpty();
    assertThat(verdict.involved()).contains("SDR_pin");
  }

  @Test
  void prefix_and_random_end_are_joined_by_underscores() {
    assertThat(room(callee("p", true))).isEqualTo("p_call-1_RANDOM");
    assertThat(room(individual("p", false))).isEqualTo("p_+15550100001_RANDOM");
    assertThat(room(individual("", true))).isEqualTo("+15550100001");
  }

  @Test
  void a_hidden_number_leaves_its_last_digits_in_the_room_and_a_hash_in_the_identity() {
    SIPDispatchRuleInfo rule =
        rule("SDR_1", individual("p", true))
            .setHidePhoneNumber(true)
            .putAttributes("a", "b")
            .build();

    PhoneParticipant participant = PhoneParticipant.of("", rule, CALL);

    assertThat(route(List.of(), List.of(rule), CALL).room()).isEqualTo("p_0001");
    assertThat(participant.identity()).matches("sip_[0-9a-f]{16}");
    assertThat(participant.name()).isEqualTo("Phone 0001");
    assertThat(participant.attributes()).containsOnlyKeys("a", "sip.trunkID", "sip.ruleID");
  }

  @Test
  void a_hidden_number_is_cut_by_its_bytes() {
    SIPDispatchRuleInfo rule = rule("SDR_1", individual("", true)).setHidePhoneNumber(true).build();

    assertThat(PhoneParticipant.shownNumber(rule, Invite.of("+1555\u0661", "call-1", "")))
        .isEqualTo("55\u0661");
    assertThat(PhoneParticipant.shownNumber(rule, Invite.of("", "call-1", ""))).isEmpty();
  }

  @Test
  void a_number_that_nearly_fits_is_named_as_it_is_listed() {
    SIPInboundTrunkInfo line =
        SIPInboundTrunkInfo.newBuilder().setSipTrunkId("ST_9").addNumbers("+4930123456").build();
    SIPDispatchRuleInfo exact =
        rule("SDR_9", direct("r")).addTrunkIds("ST_1").addInboundNumbers("15550100001").build();

    Verdict foreign = route(List.of(line), List.of(), Invite.of("1", "004930123456", "192.0.2.7"));
    Verdict caller = route(List.of(TRUNK), List.of(exact), CALL);

    assertThat(Advice.on(foreign))
        .startsWith("At trunk ST_9 it is listed as +4930123456 (with +), and the call has")
        .contains("004930123456 (with 00)", "does not take 00 for +")
        .doesNotContain("setup");
    assertThat(Advice.on(caller))
        .startsWith("At rule SDR_9 it is listed as 15550100001 (without +)")
        .contains("letter by letter");
  }

  @Test
  void an_accepted_call_says_why_others_did_not_take_it() {
    SIPDispatchRuleInfo open = rule("SDR_open", callee("", false)).build();
    SIPInboundTrunkInfo line =
        SIPInboundTrunkInfo.newBuilder().setSipTrunkId("ST_9").addNumbers("call-1").build();

    assertThat(route(List.of(TRUNK), List.of(CALLEE, open), CALL).misfits())
        .singleElement()
        .satisfies(one -> assertThat(one.words()).startsWith("rule SDR_open \"\" fits too"));
    assertThat(route(List.of(TRUNK, line), List.of(open), CALL).misfits())
        .singleElement()
        .satisfies(one -> assertThat(one.words()).startsWith("trunk ST_1 \"\" fits too"));
  }

  @Test
  void a_direct_rule_without_room_name_is_rejected_after_ringing() {
    Verdict verdict = route(List.of(), List.of(rule("SDR_1", direct("")).build()), CALL);

    assertThat(verdict.code()).isEqualTo(486);
    assertThat(verdict.reason()).isEqualTo("Rejected");
    assertThat(verdict.ruleId()).isEqualTo("SDR_1");
  }

  @Test
  void encryption_of_the_rule_counts_before_that_of_the_trunk() {
    SIPInboundTrunkInfo strict =
        TRUNK.toBuilder().setMediaEncryption(SIPMediaEncryption.SIP_MEDIA_ENCRYPT_REQUIRE).build();
    SIPDispatchRuleInfo lenient =
        CALLEE.toBuilder().setMediaEncryption(SIPMediaEncryption.SIP_MEDIA_ENCRYPT_ALLOW).build();

    assertThat(route(List.of(strict), List.of(CALLEE), CALL).cause())
        .isEqualTo(Cause.SRTP_REQUIRED);
    assertThat(route(List.of(strict), List.of(lenient), CALL).code()).isEqualTo(200);
  }

  @Test
  void a_dropped_call_says_why_each_trunk_and_rule_was_left_out() {
    Verdict verdict =
        route(List.of(TRUNK), List.of(CALLEE), Invite.of("+15550100001", "call-1", "198.51.100.1"));

    assertThat(verdict.outcome()).isEqualTo(Outcome.DROPPED);
    assertThat(verdict.explanation())
        .contains("trunk ST_1 \"\" does not allow the source 198.51.100.1")
        .contains("rule SDR_callee \"\" is for trunk ST_1 only");
  }

  private static Verdict route(
      List<SIPInboundTrunkInfo> trunks, List<SIPDispatchRuleInfo> rules, Invite invite) {
    return new InboundRouting(() -> "RANDOM").route(trunks, rules, invite);
  }

  private static String room(SIPDispatchRule kind) {
    return route(List.of(), List.of(rule("SDR_1", kind).build()), CALL).room();
  }

  private static SIPDispatchRuleInfo.Builder rule(String id, SIPDispatchRule kind) {
    return SIPDispatchRuleInfo.newBuilder().setSipDispatchRuleId(id).setRule(kind);
  }

  private static SIPDispatchRule direct(String room) {
    return SIPDispatchRule.newBuilder()
        .setDispatchRuleDirect(SIPDispatchRuleDirect.newBuilder().setRoomName(room))
        .build();
  }

  private static SIPDispatchRule individual(String prefix, boolean noRandomness) {
    return SIPDispatchRule.newBuilder()
        .setDispatchRuleIndividual(
            SIPDispatchRuleIndividual.newBuilder()
                .setRoomPrefix(prefix)
                .setNoRandomness(noRandomness))
        .build();
  }

  private static SIPDispatchRule callee(String prefix, boolean randomize) {
    return SIPDispatchRule.newBuilder()
        .setDispatchRuleCallee(
            SIPDispatchRuleCallee.newBuilder().setRoomPrefix(prefix).setRandomize(randomize))
        .build();
  }
}
