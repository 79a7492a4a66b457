package io.voicegateway.livekit.api;

import java.util.List;
import java.util.Optional;
import livekit.LivekitAgentDispatch.AgentDispatch;
import livekit.LivekitAgentDispatch.CreateAgentDispatchRequest;
import livekit.LivekitAgentDispatch.ListAgentDispatchRequest;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.Room;
import livekit.LivekitRoom.CreateRoomRequest;
import livekit.LivekitRoom.DeleteRoomRequest;
import livekit.LivekitRoom.ListParticipantsRequest;
import livekit.LivekitRoom.ListRoomsRequest;
import livekit.LivekitRoom.RoomParticipantIdentity;

/**
 * What LiveKit is asked of rooms that exist, each with a token that grants just that. Every method
 * throws {@link LiveKitFailure} when LiveKit did not answer as it should.
 */
public final class RoomRequests {

  static final int NOT_FOUND = 404;

  private final LiveKitApi api;
  private final AccessTokens tokens;

  RoomRequests(LiveKitApi api, AccessTokens tokens) {
    this.api = api;
    this.tokens = tokens;
  }

  /** All rooms of the project. */
  public List<Room> all() {
    return rooms(ListRoomsRequest.getDefaultInstance());
  }

  public boolean exists(String room) {
    return find(room).isPresent();
  }

  /** The room of that name; empty when there is none. */
  public Optional<Room> find(String room) {
    return rooms(ListRoomsRequest.newBuilder().addNames(room).build()).stream().findFirst();
  }

  private List<Room> rooms(ListRoomsRequest request) {
    return api.execute("ListRooms", api.rooms().listRooms(request, tokens.roomList()))
        .getRoomsList();
  }

  /** Who is in a room; nobody when it does not exist. */
  public List<ParticipantInfo> participants(String room) {
    return api.execute(
            "ListParticipants",
            api.rooms()
                .listParticipants(
                    ListParticipantsRequest.newBuilder().setRoom(room).build(),
                    tokens.roomAdmin(room)))
        .getParticipantsList();
  }

  /** The agents that were asked to come to a room. LiveKit takes 3 s to say that there is none. */
  public List<AgentDispatch> dispatches(String room) {
    return api.execute(
            "ListDispatch",
            api.dispatches()
                .listDispatch(
                    ListAgentDispatchRequest.newBuilder().setRoom(room).build(),
                    tokens.roomAdmin(room)))
        .getAgentDispatchesList();
  }

  /** Asks an agent to come; each request brings one more, and makes a room that is not there. */
  public AgentDispatch dispatch(String room, String agent, String metadata) {
    return api.execute(
        "CreateDispatch",
        api.dispatches()
            .createDispatch(
                CreateAgentDispatchRequest.newBuilder()
                    .setRoom(room)
                    .setAgentName(agent)
                    .setMetadata(metadata)
                    .build(),
                tokens.roomAdmin(room)));
  }

  /** Makes a room; when it is there already, gives it as it is. */
  public Room create(CreateRoomRequest request) {
    return api.execute("CreateRoom", api.rooms().createRoom(request, tokens.roomCreate()));
  }

  /** Ends a room, its phone legs with BYE; false when there was none. */
  public boolean delete(String room) {
    return done(
        () ->
            api.perform(
                "DeleteRoom",
                api.rooms()
                    .deleteRoom(
                        DeleteRoomRequest.newBuilder().setRoom(room).build(),
                        tokens.roomCreate())));
  }

  /** Takes a participant out of a room; false when it was not there. */
  public boolean remove(String room, String identity) {
    return done(
        () ->
            api.perform(
                "RemoveParticipant",
                api.rooms()
                    .removeParticipant(
                        RoomParticipantIdentity.newBuilder()
                            .setRoom(room)
                            .setIdentity(identity)
                            .build(),
                        tokens.roomAdmin(room))));
  }

  private static boolean done(Runnable request) {
    try {
      request.run();
      return true;
    } catch (LiveKitFailure.Refused refused) {
      if (refused.status() == NOT_FOUND) {
        return false;
      }
      throw refused;
    }
  }
}
