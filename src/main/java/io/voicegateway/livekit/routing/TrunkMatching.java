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
  private final List<String> misfits = new ArrayList<>();

  private TrunkMatching(Invite invite) {
    this.invite = invite;
  }

  /**
   * @param found the matching trunks: none, one, or those between which LiveKit cannot decide
   * @param misfits why each other trunk was left out, in words
   */
  record Match(List<SIPInboundTrunkInfo> found, List<String> misfits) {
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

  private void consider(SIPInboundTrunkInfo trunk) {
    if (!callerAllowed(trunk)) {
      misfits.add(
          "%s does not allow the caller \"%s\" (allowed_numbers)"
              .formatted(Words.trunk(trunk), invite.fromUser()));
    } else if (!addressAllowed(trunk)) {
      misfits.add(
          "%s does not allow the source %s (allowed_addresses)"
              .formatted(Words.trunk(trunk), invite.sourceIp()));
    } else if (trunk.getNumbersCount() == 0) {
      wildcard.add(trunk);
    } else if (PhoneNumbers.listed(invite.calledUser(), trunk.getNumbersList())) {
      specific.add(trunk);
    } else {
      misfits.add(
          "%s does not have the called number \"%s\" (numbers)"
              .formatted(Words.trunk(trunk), invite.calledUser()));
    }
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
