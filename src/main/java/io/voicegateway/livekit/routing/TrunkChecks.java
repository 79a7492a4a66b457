package io.voicegateway.livekit.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import livekit.LivekitSip.CreateSIPInboundTrunkRequest;
import livekit.LivekitSip.CreateSIPOutboundTrunkRequest;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPOutboundTrunkInfo;

/**
 * What LiveKit refuses to store as a trunk, in its own words (protocol/livekit/sip.go,
 * ValidateResult; protocol/sip/sip.go, ValidateTrunksIter). Every refusal is an {@code
 * invalid_argument}; empty means the trunk is accepted.
 */
public final class TrunkChecks {
  private static final String MISSING = "missing trunk";
  private static final String ID_SET = "trunk id must not be set";
  private static final String ANY = "";

  private TrunkChecks() {}

  /** The refusal of a new inbound trunk beside the stored ones. */
  public static Optional<String> refusalOf(
      CreateSIPInboundTrunkRequest request, List<SIPInboundTrunkInfo> stored) {
    SIPInboundTrunkInfo trunk = request.getTrunk();
    if (!request.hasTrunk()) {
      return Optional.of(MISSING);
    }
    if (!trunk.getSipTrunkId().isEmpty()) {
      return Optional.of(ID_SET);
    }
    return openToAll(trunk)
        .or(
            () ->
                conflict(
                    Listings.withNew(
                        Listings.trunks(stored, List.of(), trunk.getNumbersList()), trunk)));
  }

  /** The refusal of a changed inbound trunk; the stored one with its id is replaced. */
  public static Optional<String> refusalOfChange(
      SIPInboundTrunkInfo changed, List<SIPInboundTrunkInfo> stored) {
    List<SIPInboundTrunkInfo> listed =
        Listings.trunks(stored, List.of(), changed.getNumbersList()).stream()
            .map(trunk -> trunk.getSipTrunkId().equals(changed.getSipTrunkId()) ? changed : trunk)
            .toList();
    return openToAll(changed).or(() -> conflict(listed));
  }

  /** The refusal of a new outbound trunk; several may share a number. */
  public static Optional<String> refusalOf(CreateSIPOutboundTrunkRequest request) {
    SIPOutboundTrunkInfo trunk = request.getTrunk();
    if (!request.hasTrunk()) {
      return Optional.of(MISSING);
    }
    if (!trunk.getSipTrunkId().isEmpty()) {
      return Optional.of(ID_SET);
    }
    if (trunk.getNumbersCount() == 0) {
      return Optional.of("no trunk numbers specified");
    }
    if (trunk.getAddress().isEmpty()) {
      return Optional.of("no outbound address specified");
    }
    return notAHost(trunk.getAddress(), "trunk address")
        .or(() -> notAHost(trunk.getFromHost(), "from_host"));
  }

  /** Why a value is not a bare host name or address; {@code field} is named in the message. */
  public static Optional<String> notAHost(String value, String field) {
    if (value.contains("transport=")) {
      return Optional.of(field + " should not contain transport parameter");
    }
    boolean uri =
        value.contains("@")
            || value.contains(";")
            || value.startsWith("sip:")
            || value.startsWith("sips:");
    return uri ? Optional.of(field + " should be a hostname or IP, not SIP URI") : Optional.empty();
  }

  private static Optional<String> openToAll(SIPInboundTrunkInfo trunk) {
    boolean guarded =
        !trunk.getAuthUsername().isEmpty()
            || !trunk.getAuthPassword().isEmpty()
            || trunk.getAllowedAddressesCount() > 0
            || trunk.getNumbersCount() > 0;
    return guarded
        ? Optional.empty()
        : Optional.of(
            "for security, one of the fields must be set: AuthUsername+AuthPassword, AllowedAddresses or Numbers");
  }

  private static Optional<String> conflict(List<SIPInboundTrunkInfo> trunks) {
    Map<String, Map<String, SIPInboundTrunkInfo>> byNumber = new HashMap<>();
    for (SIPInboundTrunkInfo trunk : trunks) {
      for (String number : distinct(trunk.getNumbersList())) {
        Optional<String> conflict =
            conflict(byNumber.computeIfAbsent(number, any -> new HashMap<>()), trunk);
        if (conflict.isPresent()) {
          return conflict;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> conflict(
      Map<String, SIPInboundTrunkInfo> byCaller, SIPInboundTrunkInfo trunk) {
    for (String caller : distinct(trunk.getAllowedNumbersList())) {
      SIPInboundTrunkInfo other = byCaller.put(caller, trunk);
      if (other != null && !other.getSipTrunkId().equals(trunk.getSipTrunkId())) {
        return Optional.of(conflictMessage(trunk, other, caller));
      }
    }
    return Optional.empty();
  }

  private static List<String> distinct(List<String> numbers) {
    return numbers.isEmpty()
        ? List.of(ANY)
        : numbers.stream().map(PhoneNumbers::normalize).distinct().toList();
  }

  private static String conflictMessage(
      SIPInboundTrunkInfo trunk, SIPInboundTrunkInfo other, String caller) {
    return "Conflicting inbound SIP Trunks: %s and %s, using the same number(s) %s %s"
        .formatted(
            id(trunk),
            id(other),
            trunk.getNumbersCount() == 0 ? "<any>" : Words.quoted(trunk.getNumbersList()),
            trunk.getAllowedNumbersCount() == 0
                ? "without AllowedNumbers set"
                : "and AllowedNumber " + asWritten(trunk, caller));
  }

  private static String asWritten(SIPInboundTrunkInfo trunk, String caller) {
    return trunk.getAllowedNumbersList().stream()
        .filter(number -> PhoneNumbers.normalize(number).equals(caller))
        .findFirst()
        .map(Words::quoted)
        .orElseThrow();
  }

  private static String id(SIPInboundTrunkInfo trunk) {
    return Words.quoted(Words.orElse(trunk.getSipTrunkId(), "<new>"));
  }
}
