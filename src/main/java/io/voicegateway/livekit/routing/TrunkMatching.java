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
    return new Match(
        matching.specific.isEmpty() ? matching.wildcard : matching.specific, matching.misfits);
  }

  /** What is wrong with a trunk for other numbers matters to nobody else's calls. */
  private void consider(SIPInboundTrunkInfo trunk) {
    boolean lists = PhoneNumbers.listed(invite.calledUser(), trunk.getNumbersList());
    if (trunk.getNumbersCount() > 0 && !lists) {
      leaveOut(
          Misfit.Kind.TRUNK_NUMBER,
          trunk,
          "does not have the called number \"%s\" (numbers)".formatted(invite.calledUser()));
    } else if (!callerAllowed(trunk)) {
      leaveOut(
          Misfit.Kind.TRUNK_CALLER,
          trunk,
          "does not allow the caller \"%s\" (allowed_numbers)".formatted(invite.fromUser()));
    } else if (!addressAllowed(trunk)) {
      leaveOut(
          Misfit.Kind.TRUNK_ADDRESS,
          trunk,
          "does not allow the source %s (allowed_addresses)".formatted(invite.sourceIp()));
    } else {
      (lists ? specific : wildcard).add(trunk);
    }
  }

  private void leaveOut(Misfit.Kind kind, SIPInboundTrunkInfo trunk, String words) {
    misfits.add(new Misfit(kind, trunk.getSipTrunkId(), Words.trunk(trunk) + " " + words));
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
