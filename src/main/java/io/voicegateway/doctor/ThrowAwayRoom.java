package io.voicegateway.doctor;

import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.RoomRequests;
import livekit.LivekitRoom.CreateRoomRequest;

/** A room for one look, deleted afterwards; one that stays ends by itself, being empty. */
final class ThrowAwayRoom implements AutoCloseable {

  private final RoomRequests rooms;
  private final String name;

  private ThrowAwayRoom(RoomRequests rooms, String name) {
    this.rooms = rooms;
    this.name = name;
  }

  /**
   * Makes it.
   *
   * @throws LiveKitFailure when LiveKit did not
   */
  static ThrowAwayRoom made(RoomRequests rooms, CreateRoomRequest request) {
    rooms.create(request);
    return new ThrowAwayRoom(rooms, request.getName());
  }

  String name() {
    return name;
  }

  @Override
  public void close() {
    try {
      rooms.delete(name);
    } catch (LiveKitFailure itEndsByItself) {
      // its empty_timeout sees to that
    }
  }
}
