package io.voicegateway.livekit.routing;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;

/**
 * What the gateway's own calls meet in a LiveKit, decided by LiveKit's matching: one from an
 * ordinary caller, and one from each caller that some trunk or rule treats in its own way, from
 * each address that Jambonz calls from.
 */
public final class OwnCalls {

  /** A caller whom no trunk or rule knows. */
  public static final String SOMEBODY = "+15550100001";

  /** By which the rooms of the gateway's calls begin. */
  public static final String PREFIX = "call-";

  /** As they are called. */
  public static final String ROOM = PREFIX + "00000000-0000-4000-8000-000000000000";

  private static final int MOST_CALLERS = 200;

  /** An address that no trunk keeps out. */
  private static final String ANYWHERE = "";

  private final InboundRouting routing;
  private final List<SIPInboundTrunkInfo> trunks;
  private final List<SIPDispatchRuleInfo> rules;
  private final Credentials login;
  private final List<String> sources;

  /** To a LiveKit of one's own, from addresses that are not known. */
  public OwnCalls(
      List<SIPInboundTrunkInfo> trunks, List<SIPDispatchRuleInfo> rules, Credentials login) {
    this(new InboundRouting(() -> "random"), trunks, rules, login, List.of());
  }

  /**
   * To any LiveKit.
   *
   * @param sources addresses that the calls come from; none when they are not known, and then no
   *     trunk's {@code allowed_addresses} are looked at
   */
  public OwnCalls(
      InboundRouting routing,
      List<SIPInboundTrunkInfo> trunks,
      List<SIPDispatchRuleInfo> rules,
      Credentials login,
      List<String> sources) {
    this.routing = routing;
    this.trunks = List.copyOf(trunks);
    this.rules = List.copyOf(rules);
    this.login = login;
    this.sources = sources.isEmpty() ? List.of(ANYWHERE) : List.copyOf(sources);
  }

  /** What an ordinary caller's call meets. */
  public Verdict usual() {
    return verdict(SOMEBODY, sources.get(0));
  }

  /** The first call that does not get into its room; empty when all do. */
  public Optional<Verdict> firstThatFails() {
    return thatFail().map(Failed::verdict).findFirst();
  }

  /**
   * Calls that do not get into their rooms, for one and the same reason.
   *
   * @param caller the first of them
   * @param special whether some trunk or rule treats this caller in its own way
   * @param source where it comes from, empty when that is not known
   * @param more how many other calls meet the same
   */
  public record Failed(String caller, boolean special, String source, int more, Verdict verdict) {

    private Failed andAnother() {
      return new Failed(caller, special, source, more + 1, verdict);
    }
  }

  /** One for each different end that they meet. */
  public Stream<Failed> thatFail() {
    Map<List<?>, Failed> ends = new LinkedHashMap<>();
    for (String source : sources) {
      for (String caller : callers()) {
        Verdict verdict = verdict(caller, source);
        if (!verdict.room().equals(ROOM)) {
          boolean special = !caller.equals(SOMEBODY);
          ends.merge(
              end(verdict, source),
              new Failed(caller, special, source, 0, verdict),
              (first, same) -> first.andAnother());
        }
      }
    }
    return ends.values().stream();
  }

  /** A call that fits nowhere is told once for each address. */
  private static List<?> end(Verdict verdict, String source) {
    return List.of(
        verdict.cause(),
        verdict.trunkId(),
        verdict.involved(),
        verdict.outcome() == Verdict.Outcome.DROPPED ? source : "");
  }

  private Verdict verdict(String caller, String source) {
    return routing.route(trunks, rules, Invite.of(caller, ROOM, source).withCredentials(login));
  }

  private List<String> callers() {
    Set<String> special = new LinkedHashSet<>();
    trunks.forEach(trunk -> special.addAll(trunk.getAllowedNumbersList()));
    rules.forEach(rule -> special.addAll(rule.getInboundNumbersList()));
    return Stream.concat(Stream.of(SOMEBODY), special.stream().limit(MOST_CALLERS)).toList();
  }
}
