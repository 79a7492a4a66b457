package io.voicegateway.livekit.routing;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;

/**
 * What the gateway's own calls meet in a LiveKit, decided by LiveKit's matching: one from an
 * ordinary caller, and one from each caller that some trunk or rule treats in its own way.
 */
public final class OwnCalls {

  private static final String SOMEBODY = "+15550100001";
  private static final String ROOM = "call-00000000-0000-4000-8000-000000000000";
  private static final int MOST_CALLERS = 200;

  private final InboundRouting routing = new InboundRouting(() -> "random");
  private final List<SIPInboundTrunkInfo> trunks;
  private final List<SIPDispatchRuleInfo> rules;
  private final Credentials login;

  public OwnCalls(
      List<SIPInboundTrunkInfo> trunks, List<SIPDispatchRuleInfo> rules, Credentials login) {
    this.trunks = List.copyOf(trunks);
    this.rules = List.copyOf(rules);
    this.login = login;
  }

  /** What an ordinary caller's call meets. */
  public Verdict usual() {
    return verdict(SOMEBODY);
  }

  /** The first call that does not get into its room; empty when all do. */
  public Optional<Verdict> firstThatFails() {
    return thatFail().map(Failed::verdict).findFirst();
  }

  /**
   * A call that does not get into its room.
   *
   * @param special whether some trunk or rule treats this caller in its own way
   */
  public record Failed(String caller, boolean special, Verdict verdict) {}

  /** One for each different end that they meet. */
  public Stream<Failed> thatFail() {
    Set<String> told = new HashSet<>();
    return callers()
        .map(caller -> new Failed(caller, !caller.equals(SOMEBODY), verdict(caller)))
        .filter(call -> !call.verdict().room().equals(ROOM))
        .filter(call -> told.add(call.verdict().explanation()));
  }

  private Verdict verdict(String caller) {
    return routing.route(trunks, rules, Invite.of(caller, ROOM, "").withCredentials(login));
  }

  private Stream<String> callers() {
    Set<String> special = new LinkedHashSet<>();
    trunks.forEach(trunk -> special.addAll(trunk.getAllowedNumbersList()));
    rules.forEach(rule -> special.addAll(rule.getInboundNumbersList()));
    return Stream.concat(Stream.of(SOMEBODY), special.stream().limit(MOST_CALLERS));
  }
}
