package io.voicegateway.doctor;

import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.RoomRequests;
import java.util.UUID;
import livekit.LivekitAgentDispatch.RoomAgentDispatch;
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
   * Makes one to which no agent comes: LiveKit offers a room for which nobody was named to every
   * worker without a name.
   *
   * @param seconds how long it stays empty, should it not be deleted
   * @throws LiveKitFailure when LiveKit did not
   */
  static ThrowAwayRoom withoutAgent(RoomRequests rooms, String prefix, int seconds) {
    String id = UUID.randomUUID().toString();
    return made(
        rooms,
        CreateRoomRequest.newBuilder()
            .setName(prefix + id)
            .setEmptyTimeout(seconds)
            .addAgents(RoomAgentDispatch.newBuilder().setAgentName("nobody-" + id))
            .build());
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
