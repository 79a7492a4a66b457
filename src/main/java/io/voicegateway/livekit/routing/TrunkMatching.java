package io.voicegateway.livekit.routing;

import java.util.ArrayList;
import java.util.List;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import org.jspecify.annotations.Nullable;

/**
 * Finds the inbound trunk of a call (protocol/sip/sip.go, MatchTrunkDetailed): trunks that list the
 * called number come before trunks without numbers; two of a kind are one too many.
 */
final class TrunkMatching {
  private final Invite invite;
  private final List<SIPInboundTrunkInfo> specific = new ArrayList<>();
  private final List<SIPInboundTrunkInfo> wildcard = new ArrayList<>();
  private final List<Misfit> misfits = new ArrayList<>();

  private TrunkMatching(Invite invite) {
    this.invite = invite;
  }

  /**
   * @param found the matching trunks: none, one, or those between which LiveKit cannot decide
   * @param misfits why each other trunk was left out
   */
  record Match(List<SIPInboundTrunkInfo> found, List<Misfit> misfits) {
    @Nullable SIPInboundTrunkInfo trunk() {
      return found.isEmpty() ? null : found.get(0);
    }

    boolean ambiguous() {
      return found.size() > 1;
    }
  }

  static Match match(List<SIPInboundTrunkInfo> trunks, Invite invite) {
    TrunkMatching matching = new TrunkMatching(invite);
    trunks.forEach(matching::consider);
    if (!matching.specific.isEmpty()) {
      matching.wildcard.forEach(matching::outranked);
    }
    return new Match(
        matching.specific.isEmpty() ? matching.wildcard : matching.specific, matching.misfits);
  }

  /** What is wrong with a trunk for other numbers matters to nobody else's calls. */
  private void consider(SIPInboundTrunkInfo trunk) {
    boolean lists = PhoneNumbers.listed(invite.calledUser(), trunk.getNumbersList());
    if (trunk.getNumbersCount() > 0 && !lists) {
      misfits.add(
          misfit(
                  Misfit.Kind.TRUNK_NUMBER,
                  trunk,
                  "does not have the called number \"%s\" (numbers)".formatted(invite.calledUser()))
              .beside(invite.calledUser(), trunk.getNumbersList()));
    } else if (!callerAllowed(trunk)) {
      misfits.add(
          misfit(
                  Misfit.Kind.TRUNK_CALLER,
                  trunk,
                  "does not allow the caller \"%s\" (allowed_numbers)".formatted(invite.fromUser()))
              .beside(invite.fromUser(), trunk.getAllowedNumbersList()));
    } else if (!addressAllowed(trunk)) {
      misfits.add(
          misfit(
              Misfit.Kind.TRUNK_ADDRESS,
              trunk,
              "does not allow the source %s (allowed_addresses)".formatted(invite.sourceIp())));
    } else {
      (lists ? specific : wildcard).add(trunk);
    }
  }

  private void outranked(SIPInboundTrunkInfo trunk) {
    misfits.add(
        misfit(
            Misfit.Kind.OUTRANKED, trunk, "fits too, but a trunk that lists the number is first"));
  }

  private static Misfit misfit(Misfit.Kind kind, SIPInboundTrunkInfo trunk, String words) {
    return Misfit.of(kind, trunk.getSipTrunkId(), Words.trunk(trunk) + " " + words);
  }

  private boolean callerAllowed(SIPInboundTrunkInfo trunk) {
    return trunk.getAllowedNumbersCount() == 0
        || PhoneNumbers.listed(invite.fromUser(), trunk.getAllowedNumbersList());
  }

  private boolean addressAllowed(SIPInboundTrunkInfo trunk) {
    return AllowedAddresses.allow(
        invite.sourceIp(), invite.fromHost(), trunk.getAllowedAddressesList());
  }
}
