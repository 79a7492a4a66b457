package io.voicegateway.livekit;

import io.voicegateway.call.Call;
import io.voicegateway.call.record.LiveRooms;
import io.voicegateway.livekit.api.LiveKit;
import io.voicegateway.livekit.api.LiveKitFailure;
import org.springframework.stereotype.Component;

/** Asks LiveKit whether rooms are there. */
@Component
final class RoomsThere implements LiveRooms {

  private final RoomPlaces places;

  RoomsThere(RoomPlaces places) {
    this.places = places;
  }

  @Override
  public boolean isThere(String room) {
    return places.of(String.valueOf(Call.sidOfRoom(room))).stream()
        .anyMatch(livekit -> isThere(livekit, room));
  }

  private static boolean isThere(LiveKit livekit, String room) {
    try {
      return livekit.rooms().exists(room);
    } catch (LiveKitFailure unanswered) {
      return true;
    }
  }
}
