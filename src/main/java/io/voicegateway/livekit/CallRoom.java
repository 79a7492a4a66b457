package io.voicegateway.livekit;

import io.voicegateway.call.Call;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvents;
import io.voicegateway.call.record.Finding;
import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.RoomRequests;
import java.time.Clock;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What is done with a call's room once the call has gone wrong or shall end. */
@Component("callRoom")
final class CallRoom {

  private static final Logger log = LoggerFactory.getLogger(CallRoom.class);

  private final RoomRequests rooms;
  private final RoomLook look;
  private final CallEvents record;
  private final Clock clock;

  CallRoom(RoomRequests rooms, RoomLook look, CallEvents record, Clock clock) {
    this.rooms = rooms;
    this.look = look;
    this.record = record;
    this.clock = clock;
  }

  /** Tells the call's record what LiveKit shows. */
  void look(@ExchangeProperty("call") Call call) {
    Finding finding = look.at(call.room()).finding();
    record.tell(new CallEvent.Looked(call.sid(), clock.instant(), finding));
  }

  /** Ends the room, so that no agent waits in it; one that stays ends by itself or is swept. */
  void delete(@ExchangeProperty("call") Call call) {
    try {
      boolean was = rooms.delete(call.room());
      log.info("call={} its dial failed, room {}", call.sid(), was ? "deleted" : "was gone");
    } catch (LiveKitFailure undone) {
      log.warn("call={} the room of a failed dial stays: {}", call.sid(), undone.getMessage());
    }
  }

  /**
   * The same some seconds later. An agent that was asked to come just before the room was deleted
   * still joins, which makes the room anew, without metadata (seen on a real LiveKit).
   */
  void deleteAgain(@ExchangeProperty("call") Call call) {
    try {
      if (rooms.delete(call.room())) {
        log.info("call={} an agent came after its dial had failed, room deleted", call.sid());
      }
    } catch (LiveKitFailure undone) {
      log.warn("call={} the room of a failed dial may stay: {}", call.sid(), undone.getMessage());
    }
  }

  /**
   * Hangs up: the caller gets BYE within 20 ms (seen on a real LiveKit).
   *
   * @return false when the call has no room, so that nothing was done
   * @throws LiveKitFailure when LiveKit did not answer
   */
  boolean hangUp(@Header("call_sid") String sid) {
    return Call.isSid(sid) && rooms.delete(Call.roomOf(sid));
  }
}
