package io.voicegateway.livekit.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import livekit.LivekitSip.SIPDispatchRule;
import livekit.LivekitSip.SIPDispatchRuleCallee;
import livekit.LivekitSip.SIPDispatchRuleDirect;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import org.junit.jupiter.api.Test;

/** What the gateway's own calls meet. */
class OwnCallsTest {

  private static final Credentials LOGIN = Credentials.of("gateway", "password");

  @Test
  void theAddressThatJambonzCallsFromMustBeAllowed() {
    SIPInboundTrunkInfo trunk = trunk("ST_ours").addAllowedAddresses("172.20.0.5").build();

    assertThat(calls(trunk, List.of()).firstThatFails()).as("nobody knows from where").isEmpty();
    assertThat(calls(trunk, List.of("172.20.0.5")).firstThatFails()).isEmpty();
    assertThat(calls(trunk, List.of("172.20.0.5", "198.51.100.2", "198.51.100.3")).thatFail())
        .extracting(OwnCalls.Failed::source)
        .containsExactly("198.51.100.2", "198.51.100.3");
  }

  @Test
  void callersWhoMeetTheSameAreToldTogether() {
    SIPDispatchRuleInfo desk =
        rule("SDR_desk")
            .setRule(
                SIPDispatchRule.newBuilder()
                    .setDispatchRuleDirect(SIPDispatchRuleDirect.newBuilder().setRoomName("desk")))
            .addInboundNumbers("+15550100002")
            .addInboundNumbers("+15550100003")
            .addInboundNumbers("+15550100004")
            .build();

    OwnCalls calls =
        new OwnCalls(
            List.of(trunk("ST_ours").build()), List.of(rule("SDR_ours").build(), desk), LOGIN);

    assertThat(calls.usual().room()).isEqualTo(OwnCalls.ROOM);
    assertThat(calls.thatFail())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.special()).isTrue();
              assertThat(failed.caller()).isEqualTo("+15550100002");
              assertThat(failed.more()).isEqualTo(2);
            });
  }

  private static OwnCalls calls(SIPInboundTrunkInfo trunk, List<String> sources) {
    return new OwnCalls(
        new InboundRouting(() -> "random"),
        List.of(trunk),
        List.of(rule("SDR_ours").build()),
        LOGIN,
        sources);
  }

  private static SIPInboundTrunkInfo.Builder trunk(String id) {
    return SIPInboundTrunkInfo.newBuilder()
        .setSipTrunkId(id)
        .setAuthUsername("gateway")
        .setAuthPassword("password");
  }

  private static SIPDispatchRuleInfo.Builder rule(String id) {
    return SIPDispatchRuleInfo.newBuilder()
        .setSipDispatchRuleId(id)
        .addTrunkIds("ST_ours")
        .setRule(
            SIPDispatchRule.newBuilder()
                .setDispatchRuleCallee(SIPDispatchRuleCallee.getDefaultInstance()));
  }
}
