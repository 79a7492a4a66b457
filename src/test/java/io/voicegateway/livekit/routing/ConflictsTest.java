package io.voicegateway.livekit.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.livekit.routing.Conflicts.Conflict;
import java.util.List;
import java.util.stream.Stream;
import livekit.LivekitSip.SIPDispatchRule;
import livekit.LivekitSip.SIPDispatchRuleDirect;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import org.junit.jupiter.api.Test;

/** What LiveKit answers with 503 is found whoever's it is. */
class ConflictsTest {

  @Test
  void trunksWithOneNumberInTwoSpellings() {
    assertThat(
            ids(trunk("ST_a").addNumbers("+15550001000"), trunk("ST_b").addNumbers("15550001000")))
        .containsExactly(List.of("ST_a", "ST_b"));
    assertThat(
            ids(trunk("ST_a").addNumbers("+15550001000"), trunk("ST_b").addNumbers("+15550002000")))
        .isEmpty();
  }

  @Test
  void everyPairOfTrunksWithoutNumbers() {
    assertThat(ids(trunk("ST_a"), trunk("ST_b"), trunk("ST_c"))).hasSize(3);
    assertThat(ids(trunk("ST_a"), trunk("ST_b").addNumbers("+15550001000")))
        .as("who lists the number takes its calls")
        .isEmpty();
  }

  @Test
  void aHostBesideANetworkMayBeOneCalls() {
    assertThat(
            Conflicts.among(
                List.of(
                    trunk("ST_a").addAllowedAddresses("sbc.example.com").build(),
                    trunk("ST_b").addAllowedAddresses("192.0.2.0/24").build()),
                List.of()))
        .singleElement()
        .satisfies(one -> assertThat(one.words()).contains("may both match", "From header"));
  }

  @Test
  void notTrunksThatShareNoCallerOrNoSource() {
    assertThat(
            ids(
                trunk("ST_a").addAllowedNumbers("+15550100001"),
                trunk("ST_b").addAllowedNumbers("+15550100002")))
        .isEmpty();
    assertThat(ids(trunk("ST_a").addAllowedNumbers("+15550100001"), trunk("ST_b"))).hasSize(1);
    assertThat(
            ids(
                trunk("ST_a").addAllowedAddresses("192.0.2.0/24"),
                trunk("ST_b").addAllowedAddresses("198.51.100.7")))
        .isEmpty();
    assertThat(
            ids(
                trunk("ST_a").addAllowedAddresses("192.0.2.0/24"),
                trunk("ST_b").addAllowedAddresses("192.0.2.7")))
        .hasSize(1);
  }

  @Test
  void rulesForTheSameCallsOnce() {
    List<Conflict> found =
        Conflicts.among(
            List.of(),
            List.of(
                rule("SDR_a").addTrunkIds("ST_1").addTrunkIds("ST_2").build(),
                rule("SDR_b").addTrunkIds("ST_1").addTrunkIds("ST_2").build(),
                rule("SDR_c").addTrunkIds("ST_3").build(),
                rule("SDR_open").build()));

    assertThat(found).extracting(Conflict::ids).containsExactly(List.of("SDR_a", "SDR_b"));
    assertThat(found.get(0).words()).contains("calls on trunk ST_1, ST_2 and on none");
  }

  @Test
  void rulesOfNoKnownKind() {
    assertThat(Conflicts.among(List.of(), List.of(rule("SDR_odd").clearRule().build())))
        .singleElement()
        .extracting(Conflict::words)
        .asString()
        .contains("every call");
  }

  private static List<List<String>> ids(SIPInboundTrunkInfo.Builder... trunks) {
    return Conflicts.among(
            Stream.of(trunks).map(SIPInboundTrunkInfo.Builder::build).toList(), List.of())
        .stream()
        .map(Conflict::ids)
        .toList();
  }

  private static SIPInboundTrunkInfo.Builder trunk(String id) {
    return SIPInboundTrunkInfo.newBuilder().setSipTrunkId(id);
  }

  private static SIPDispatchRuleInfo.Builder rule(String id) {
    return SIPDispatchRuleInfo.newBuilder()
        .setSipDispatchRuleId(id)
        .setRule(
            SIPDispatchRule.newBuilder()
                .setDispatchRuleDirect(SIPDispatchRuleDirect.newBuilder().setRoomName("room")));
  }
}
