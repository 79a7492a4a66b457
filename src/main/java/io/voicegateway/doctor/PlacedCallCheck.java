package io.voicegateway.doctor;

import io.voicegateway.call.Call;
import io.voicegateway.call.Mask;
import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.RoomRequests;
import io.voicegateway.livekit.api.SipConfiguration;
import io.voicegateway.livekit.routing.Advice;
import io.voicegateway.livekit.routing.Credentials;
import io.voicegateway.livekit.routing.InboundRouting;
import io.voicegateway.livekit.routing.Invite;
import io.voicegateway.livekit.routing.Verdict;
import io.voicegateway.sip.CallRequest;
import io.voicegateway.sip.PlacedCall;
import io.voicegateway.sip.SipAddress;
import io.voicegateway.sip.SipAnswer;
import io.voicegateway.sip.SipClient;
import io.voicegateway.sip.SipFailure;
import io.voicegateway.sip.SipLogin;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import org.jspecify.annotations.Nullable;

/**
 * Places a call of our own, as Jambonz would, into a room without an agent: it rings until it is
 * cancelled, which proves that trunk, login and rule fit. LiveKit rings once a second; a call that
 * it has dropped rings once only, and its CANCEL is not answered.
 */
final class PlacedCallCheck {

  private static final String CHECK = "placed call";
  private static final String CALLER = "doctor";
  private static final String ROOM = "call-" + Call.OF_DOCTOR;
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration RING = Duration.ofSeconds(3);

  private final SipClient sip;
  private final SipAddress address;
  private final @Nullable SipLogin login;
  private final RoomRequests rooms;
  private final SipConfiguration found;

  PlacedCallCheck(
      SipClient sip,
      SipAddress address,
      @Nullable SipLogin login,
      RoomRequests rooms,
      SipConfiguration found) {
    this.sip = sip;
    this.address = address;
    this.login = login;
    this.rooms = rooms;
    this.found = found;
  }

  Diagnosis examine() {
    try (ThrowAwayRoom room = ThrowAwayRoom.withoutAgent(rooms, ROOM, 15)) {
      CallRequest call = new CallRequest(address, room.name(), CALLER, login, PATIENCE, RING);
      AtomicBoolean came = new AtomicBoolean();
      PlacedCall placed = sip.call(call, answers -> hasCome(room.name(), came));
      return diagnosis(placed, hasCome(room.name(), came), room.name());
    } catch (SipFailure failed) {
      return Diagnosis.problem(
          CHECK, String.valueOf(failed.getMessage()), "See the line on the SIP host.");
    } catch (LiveKitFailure failed) {
      return Diagnosis.problem(
          CHECK, String.valueOf(failed.getMessage()), "See the lines on LiveKit above.");
    }
  }

  /** Whether the call was in its room, now or before. */
  private boolean hasCome(String room, AtomicBoolean came) {
    if (!came.get()
        && rooms.participants(room).stream()
            .anyMatch(one -> one.getKind() == ParticipantInfo.Kind.SIP)) {
      came.set(true);
    }
    return came.get();
  }

  /**
   * What the call proves.
   *
   * @param came whether it was seen in its room
   * @param room the user that was called
   */
  Diagnosis diagnosis(PlacedCall call, boolean came, String room) {
    String answers =
        call.answers().stream()
            .map(SipAnswer::toString)
            .distinct()
            .collect(Collectors.joining(", "));
    return switch (call.ending()) {
      case CANCELLED ->
          came
              ? inItsRoom(
                  call, "it rang in its room until it was cancelled (%s)".formatted(answers))
              : elsewhere("it rang, but not in its room (%s)".formatted(answers));
      case ANSWERED ->
          came
              ? inItsRoom(
                  call, "it came into its room, where somebody answered it (%s)".formatted(answers))
              : elsewhere("it was answered, and never came into its room (%s)".formatted(answers));
      case DROPPED -> dropped(answers, verdict(room));
      case REFUSED -> refused(call, answers);
    };
  }

  private Diagnosis inItsRoom(PlacedCall call, String words) {
    return login == null || call.challenged()
        ? Diagnosis.ok(CHECK, "trunk, login and rule fit: " + words)
        : Diagnosis.warning(
            CHECK,
            "nobody asked for the login: " + words,
            "A trunk without a password took it, or none: see the lines on who is let in.");
  }

  private static Diagnosis elsewhere(String words) {
    return Diagnosis.problem(
        CHECK, words, "A PIN rule or a rule for another room took it: see the lines on routing.");
  }

  /** A trunk may let in Jambonz and numbers, and neither this machine nor the doctor. */
  private Diagnosis dropped(String answers, Verdict verdict) {
    Optional<SIPInboundTrunkInfo> closed =
        found.inbound().stream()
            .filter(trunk -> trunk.getNumbersCount() == 0)
            .filter(
                trunk -> trunk.getAllowedAddressesCount() > 0 || trunk.getAllowedNumbersCount() > 0)
            .findFirst();
    return closed
        .map(
            trunk ->
                Diagnosis.warning(
                    CHECK,
                    "LiveKit dropped it in silence (%s), which proves nothing: trunk %s lets in its %s only. %s"
                        .formatted(
                            answers,
                            trunk.getSipTrunkId(),
                            trunk.getAllowedAddressesCount() > 0
                                ? "allowed_addresses"
                                : "allowed_numbers",
                            told(verdict)),
                    "Place it from an address that is allowed, or call by Jambonz; --source-ip"
                        + " judges without a call."))
        .orElseGet(
            () ->
                Diagnosis.problem(
                    CHECK,
                    "LiveKit dropped it in silence (%s). %s".formatted(answers, told(verdict)),
                    verdict.outcome() == Verdict.Outcome.ANSWERED
                        ? "LIVEKIT_SIP_URI may be another LiveKit's than LIVEKIT_URL: correct it."
                        : Mask.text(Advice.on(verdict))));
  }

  private static String told(Verdict verdict) {
    return verdict.outcome() == Verdict.Outcome.ANSWERED
        ? "By its trunks and rules LiveKit would take it, from an address that may call."
        : Mask.text(verdict.explanation());
  }

  /** What LiveKit's trunks and rules make of it; from where it comes there is not known. */
  private Verdict verdict(String room) {
    Invite plain = Invite.of(CALLER, room, "");
    Invite invite =
        login == null
            ? plain
            : plain.withCredentials(Credentials.of(login.username(), login.password()));
    return new InboundRouting(() -> "<random>").route(found.inbound(), found.rules(), invite);
  }

  private static Diagnosis refused(PlacedCall call, String answers) {
    int code = call.decision().map(SipAnswer::code).orElse(0);
    String advice =
        switch (code) {
          case 401, 407 ->
              "LIVEKIT_SIP_USERNAME and LIVEKIT_SIP_PASSWORD must be those of the inbound trunk.";
          case 404 -> "No inbound trunk takes it; the SIP host may be another project's.";
          case 486 ->
              "livekit-sip could not join the room: compare its api_key, api_secret, ws_url.";
          case 503 ->
              "Two trunks or two rules match, or LiveKit's store is down: see the lines on routing.";
          default -> "See the lines on routing.";
        };
    return Diagnosis.problem(CHECK, "LiveKit refused it (%s)".formatted(answers), advice);
  }
}
