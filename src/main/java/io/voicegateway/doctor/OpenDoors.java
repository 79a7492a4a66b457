package io.voicegateway.doctor;

import io.voicegateway.call.Mask;
import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.routing.Cause;
import io.voicegateway.livekit.routing.InboundRouting;
import io.voicegateway.livekit.routing.Invite;
import io.voicegateway.livekit.routing.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import livekit.LivekitSip.SIPHeaderOptions;
import livekit.LivekitSip.SIPInboundTrunkInfo;

/** By which trunks and rules strangers get in, or at the password. */
final class OpenDoors {

  private static final String CHECK = "open to the world";
  private static final List<String> ANYWHERE = List.of("203.0.113.1", "2001:db8::1");
  private static final String ANY_USER = "anything";
  private static final int MOST_CALLS = 2_000;
  private static final int MOST_OF_ONE = 100;
  private static final int MOST_LINES = 10;

  private final SipConfiguration found;
  private final boolean cloud;
  private final InboundRouting routing;

  /**
   * @param cloud whether it is LiveKit Cloud, which takes no call on no trunk
   */
  OpenDoors(SipConfiguration found, boolean cloud) {
    this.found = found;
    this.cloud = cloud;
    this.routing = new InboundRouting(() -> "<random>", cloud);
  }

  List<Diagnosis> examine() {
    List<Diagnosis> diagnoses = new ArrayList<>();
    boolean anyTrunkRule = found.rules().stream().anyMatch(rule -> rule.getTrunkIdsCount() == 0);
    for (SIPInboundTrunkInfo trunk : found.inbound()) {
      halfALogin(trunk).ifPresent(diagnoses::add);
      if (trunk.getAllowedAddressesCount() > 0 && anyTrunkRule && !cloud) {
        diagnoses.add(
            Diagnosis.warning(
                CHECK,
                "allowed_addresses of trunk %s protect nothing: whoever is not listed gets in without"
                        .formatted(trunk.getSipTrunkId())
                    + " a trunk and without a password, by a rule that has no trunk_ids",
                "Give every rule its trunk_ids."));
      }
      if (trunk.getIncludeHeaders() == SIPHeaderOptions.SIP_ALL_HEADERS) {
        diagnoses.add(
            Diagnosis.warning(
                CHECK,
                "Trunk %s hands all SIP headers to the agent, the caller's password digest among them"
                    .formatted(trunk.getSipTrunkId()),
                "Set include_headers to SIP_X_HEADERS."));
      }
    }
    strangers().forEach(diagnoses::add);
    return diagnoses;
  }

  private static Optional<Diagnosis> halfALogin(SIPInboundTrunkInfo trunk) {
    boolean user = !trunk.getAuthUsername().isEmpty();
    boolean password = !trunk.getAuthPassword().isEmpty();
    if (user == password) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnosis.warning(
            CHECK,
            "Trunk %s has a %s: LiveKit asks nobody for one"
                .formatted(
                    trunk.getSipTrunkId(),
                    user ? "user without a password" : "password without a user"),
            user ? "Give it a password." : "Give it a user."));
  }

  // ---- calls from anywhere, with no login

  /** Numbers are no secret, and whoever calls can show any. */
  private Stream<Diagnosis> strangers() {
    Map<List<String>, Door> doors = new LinkedHashMap<>();
    calls()
        .limit(MOST_CALLS)
        .forEach(
            invite -> {
              Verdict verdict = routing.route(found.inbound(), found.rules(), invite);
              if (isLetIn(verdict)) {
                doors.putIfAbsent(door(verdict), new Door(invite, verdict));
              }
            });
    return doors.values().stream().limit(MOST_LINES).map(this::line);
  }

  private Stream<Invite> calls() {
    return Stream.concat(
            Stream.of(new Filter(List.of(), List.of())),
            Stream.concat(
                found.inbound().stream()
                    .map(one -> new Filter(one.getAllowedNumbersList(), one.getNumbersList())),
                found.rules().stream()
                    .map(one -> new Filter(one.getInboundNumbersList(), one.getNumbersList()))))
        .flatMap(Filter::calls)
        .distinct();
  }

  /** Whom a trunk or rule is for; empty lists stand for everybody. */
  private record Filter(List<String> callers, List<String> called) {
    /** One from each caller and one to each number, as the two are looked at by themselves. */
    Stream<Invite> calls() {
      List<String> from = or(callers, "stranger");
      List<String> to = or(called, ANY_USER);
      return ANYWHERE.stream()
          .flatMap(
              source ->
                  Stream.concat(
                      to.stream().map(user -> Invite.of(from.get(0), user, source)),
                      from.stream().map(caller -> Invite.of(caller, to.get(0), source))));
    }

    private static List<String> or(List<String> listed, String other) {
      return listed.isEmpty() ? List.of(other) : listed.stream().limit(MOST_OF_ONE).toList();
    }
  }

  /** A way in, and the first call that found it. */
  private record Door(Invite invite, Verdict verdict) {}

  private List<String> door(Verdict verdict) {
    return List.of(verdict.trunkId(), hasNumbers(verdict.trunkId()) ? "" : verdict.ruleId());
  }

  private boolean hasNumbers(String trunkId) {
    return found.inbound().stream()
        .anyMatch(trunk -> trunk.getSipTrunkId().equals(trunkId) && trunk.getNumbersCount() > 0);
  }

  private Diagnosis line(Door door) {
    Verdict verdict = door.verdict();
    if (hasNumbers(verdict.trunkId())) {
      return Diagnosis.warning(
          CHECK,
          "Trunk %s has numbers, and neither a login nor allowed_addresses: whoever calls one"
                  .formatted(verdict.trunkId())
              + " of them at the SIP port gets into a room and an agent",
          "Give it user and password, or the carrier's addresses.");
    }
    String called = door.invite().calledUser();
    return Diagnosis.warning(
        CHECK,
        "Anybody who reaches the SIP port%s gets into a room and an agent. %s"
            .formatted(
                called.equals(ANY_USER) ? "" : " and calls " + Mask.tail(called),
                Mask.text(verdict.explanation())),
        "Scope rule %s to a trunk that has a password.".formatted(verdict.ruleId()));
  }

  private static boolean isLetIn(Verdict verdict) {
    return verdict.outcome() == Verdict.Outcome.ANSWERED && verdict.cause() == Cause.ACCEPTED;
  }
}
