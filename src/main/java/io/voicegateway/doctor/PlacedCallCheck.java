package io.voicegateway.doctor;

import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.RoomRequests;
import io.voicegateway.sip.CallRequest;
import io.voicegateway.sip.PlacedCall;
import io.voicegateway.sip.SipAddress;
import io.voicegateway.sip.SipAnswer;
import io.voicegateway.sip.SipClient;
import io.voicegateway.sip.SipFailure;
import io.voicegateway.sip.SipLogin;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitRoom.CreateRoomRequest;
import org.jspecify.annotations.Nullable;

/**
 * Places a call of our own, as Jambonz would, into a room without an agent: it rings until it is
 * cancelled, which proves that trunk, login and rule fit. LiveKit rings once a second; a call that
 * it has dropped rings once only, and its CANCEL is not answered.
 */
final class PlacedCallCheck {

  private static final String CHECK = "placed call";
  private static final String CALLER = "doctor";
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration RING = Duration.ofSeconds(3);

  private final SipClient sip;
  private final SipAddress address;
  private final @Nullable SipLogin login;
  private final RoomRequests rooms;

  PlacedCallCheck(SipClient sip, SipAddress address, @Nullable SipLogin login, RoomRequests rooms) {
    this.sip = sip;
    this.address = address;
    this.login = login;
    this.rooms = rooms;
  }

  Diagnosis examine() {
    CreateRoomRequest request =
        CreateRoomRequest.newBuilder()
            .setName("call-doctor-" + UUID.randomUUID())
            .setEmptyTimeout(15)
            .build();
    try (ThrowAwayRoom room = ThrowAwayRoom.made(rooms, request)) {
      CallRequest call = new CallRequest(address, room.name(), CALLER, login, PATIENCE, RING);
      return diagnosis(sip.call(call, answers -> isIn(room.name())), room.name());
    } catch (SipFailure failed) {
      return Diagnosis.problem(
          CHECK, String.valueOf(failed.getMessage()), "See the line on the SIP host.");
    } catch (LiveKitFailure failed) {
      return Diagnosis.problem(
          CHECK, String.valueOf(failed.getMessage()), "See the lines on LiveKit above.");
    }
  }

  private boolean isIn(String room) {
    return rooms.participants(room).stream()
        .anyMatch(one -> one.getKind() == ParticipantInfo.Kind.SIP);
  }

  private static Diagnosis diagnosis(PlacedCall call, String room) {
    String answers =
        call.answers().stream()
            .map(SipAnswer::toString)
            .distinct()
            .collect(Collectors.joining(", "));
    return switch (call.ending()) {
      case CANCELLED ->
          Diagnosis.ok(
              CHECK,
              "trunk, login and rule fit: it rang in its room until it was cancelled (%s)"
                  .formatted(answers));
      case ANSWERED ->
          Diagnosis.problem(
              CHECK,
              "it was answered although no agent was in room %s (%s)".formatted(room, answers),
              "A PIN rule or a rule for another room took it: see the lines on routing.");
      case DROPPED ->
          Diagnosis.problem(
              CHECK,
              "LiveKit dropped it in silence: no trunk and rule take a call from here (%s)"
                  .formatted(answers),
              "See the lines on routing. A trunk whose allowed_addresses are Jambonz's takes none"
                  + " from this machine: then only a call by Jambonz can tell.");
      case REFUSED -> refused(call, answers);
    };
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
