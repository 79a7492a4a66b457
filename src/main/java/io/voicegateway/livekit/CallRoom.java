package io.voicegateway.livekit;

import io.voicegateway.call.Call;
import io.voicegateway.call.KnownCall;
import io.voicegateway.call.RefusedTransfer;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvents;
import io.voicegateway.call.record.CallProjects;
import io.voicegateway.call.record.Finding;
import io.voicegateway.livekit.api.LiveKit;
import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.LiveKits;
import io.voicegateway.livekit.api.RoomRequests;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What is done with a call's room once the call has gone wrong or shall end. */
@Component("callRoom")
final class CallRoom {

  private static final Logger log = LoggerFactory.getLogger(CallRoom.class);

  private final LiveKits livekits;
  private final RoomPlaces places;
  private final CallProjects calls;
  private final CallEvents record;
  private final Clock clock;

  CallRoom(
      LiveKits livekits, RoomPlaces places, CallProjects calls, CallEvents record, Clock clock) {
    this.livekits = livekits;
    this.places = places;
    this.calls = calls;
    this.record = record;
    this.clock = clock;
  }

  /** Tells the call's record what LiveKit shows. */
  void look(@ExchangeProperty("call") Call call) {
    Finding finding = new RoomLook(rooms(call)).at(call.room()).finding();
    record.tell(new CallEvent.Looked(call.sid(), clock.instant(), finding));
  }

  /** Ends the room, so that no agent waits in it; one that stays ends by itself or is swept. */
  void delete(@ExchangeProperty("call") Call call) {
    try {
      boolean was = rooms(call).delete(call.room());
      log.info("call={} its dial failed, room {}", call.sid(), was ? "deleted" : "was gone");
    } catch (LiveKitFailure undone) {
      log.warn("call={} the room of a failed dial stays: {}", call.sid(), undone.getMessage());
    }
  }

  /**
   * Ends the room that the call may have in its project although nobody comes to it. Another
   * gateway to which the same hook was posted may have brought the caller there all the same: with
   * a phone in it the room stays.
   */
  void deleteUnused(@ExchangeProperty("call") Call call) {
    try {
      RoomRequests rooms = rooms(call);
      boolean used = rooms.participants(call.room()).stream().anyMatch(RoomLook::isPerson);
      if (!used && rooms.delete(call.room())) {
        log.info("call={} goes elsewhere, its room in {} deleted", call.sid(), call.project());
      }
    } catch (LiveKitFailure undone) {
      log.warn(
          "call={} a room may stay in {}: {}", call.sid(), call.project(), undone.getMessage());
    }
  }

  /**
   * Whether the call has a room that one of our gateways made. After its deletion that is a new
   * one, for a caller who is on his way back to an agent: an agent that was asked to come just
   * before the deletion still joins, which makes the room anew as well, but without metadata (seen
   * on a real LiveKit). Also true when LiveKit does not answer.
   */
  boolean isRegistered(@ExchangeProperty("call") Call call) {
    try {
      return rooms(call)
          .find(call.room())
          .map(room -> AgentMetadata.toldOf(call.sid(), room.getMetadata()))
          .isPresent();
    } catch (LiveKitFailure unanswered) {
      return true;
    }
  }

  /** The same as {@link #delete} some seconds later, for a room that an agent made anew. */
  void deleteAgain(@ExchangeProperty("call") Call call) {
    try {
      if (rooms(call).delete(call.room())) {
        log.info("call={} an agent came after its dial had failed, room deleted", call.sid());
      }
    } catch (LiveKitFailure undone) {
      log.warn("call={} the room of a failed dial may stay: {}", call.sid(), undone.getMessage());
    }
  }

  /**
   * The same for a call that must be there.
   *
   * @throws RefusedTransfer when LiveKit knows of no such call
   */
  KnownCall recallThere(@Header("call_sid") String sid) {
    return found(sid).orElseThrow(() -> RefusedTransfer.noSuchCall(""));
  }

  /** What the call's room tells of it; nothing when there is none or LiveKit does not answer. */
  KnownCall recall(@Header("call_sid") String sid) {
    try {
      return found(sid).orElseGet(() -> unknown(sid));
    } catch (LiveKitFailure unanswered) {
      log.info("call={} its room tells nothing: {}", sid, unanswered.getMessage());
      return unknown(sid);
    }
  }

  private KnownCall unknown(String sid) {
    return KnownCall.unknown(sid, calls.projectOf(sid).orElse(null));
  }

  /**
   * Hangs up: the caller gets BYE within 20 ms (seen on a real LiveKit).
   *
   * @return false when the call has no room, so that nothing was done
   * @throws LiveKitFailure when LiveKit did not answer
   */
  boolean hangUp(@Header("call_sid") String sid) {
    return Call.isSid(sid)
        && places
            .first(sid, livekit -> Optional.of(sid).filter(call -> deleted(livekit, call)))
            .isPresent();
  }

  private static boolean deleted(LiveKit livekit, String sid) {
    return livekit.rooms().delete(Call.roomOf(sid));
  }

  private Optional<KnownCall> found(String sid) {
    return places.first(sid, livekit -> told(sid, livekit));
  }

  private static Optional<KnownCall> told(String sid, LiveKit livekit) {
    return livekit
        .rooms()
        .find(Call.roomOf(sid))
        .map(room -> AgentMetadata.toldOf(sid, room.getMetadata()))
        .map(told -> AgentMetadata.call(sid, livekit.name(), told));
  }

  private RoomRequests rooms(Call call) {
    return livekits.of(call.project()).rooms();
  }
}
