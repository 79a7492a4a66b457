package io.voicegateway.sandbox;

import com.google.protobuf.Message;
import livekit.LivekitModels.DisconnectReason;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.Room;
import livekit.LivekitRoom.CreateRoomRequest;
import livekit.LivekitRoom.DeleteRoomRequest;
import livekit.LivekitRoom.DeleteRoomResponse;
import livekit.LivekitRoom.ListParticipantsRequest;
import livekit.LivekitRoom.ListParticipantsResponse;
import livekit.LivekitRoom.ListRoomsRequest;
import livekit.LivekitRoom.ListRoomsResponse;
import livekit.LivekitRoom.RemoveParticipantResponse;
import livekit.LivekitRoom.RoomParticipantIdentity;
import livekit.LivekitRoom.UpdateRoomMetadataRequest;

/** LiveKit's RoomService (livekit/pkg/service/roomservice.go). */
final class RoomApi {
  private static final int NAME_LIMIT = 256;

  private final Rooms rooms;

  RoomApi(Rooms rooms) {
    this.rooms = rooms;
  }

  TwirpService service() {
    return new TwirpService("RoomService")
        .on("CreateRoom", CreateRoomRequest.class, (g, q) -> g.roomCreate(), this::create)
        .on("ListRooms", ListRoomsRequest.class, (g, q) -> g.roomList(), this::list)
        .on("DeleteRoom", DeleteRoomRequest.class, (g, q) -> g.roomCreate(), this::delete)
        .on(
            "UpdateRoomMetadata",
            UpdateRoomMetadataRequest.class,
            (g, q) -> g.roomAdmin(q.getRoom()),
            this::updateMetadata)
        .on(
            "ListParticipants",
            ListParticipantsRequest.class,
            (g, q) -> g.roomAdmin(q.getRoom()),
            this::listParticipants)
        .on(
            "GetParticipant",
            RoomParticipantIdentity.class,
            (g, q) -> g.roomAdmin(q.getRoom()),
            this::getParticipant)
        .on(
            "RemoveParticipant",
            RoomParticipantIdentity.class,
            (g, q) -> g.roomAdmin(q.getRoom()),
            this::removeParticipant);
  }

  private Room create(CreateRoomRequest request) {
    if (request.getName().length() > NAME_LIMIT) {
      throw TwirpError.inner(
          TwirpCode.INVALID_ARGUMENT, "room name length exceeds limits: max length " + NAME_LIMIT);
    }
    return rooms.getOrCreate(request).info();
  }

  private Message list(ListRoomsRequest request) {
    ListRoomsResponse.Builder response = ListRoomsResponse.newBuilder();
    rooms.all().stream()
        .filter(
            room -> request.getNamesCount() == 0 || request.getNamesList().contains(room.name()))
        .forEach(room -> response.addRooms(room.info()));
    return response.build();
  }

  private Message delete(DeleteRoomRequest request) {
    rooms.delete(find(request.getRoom()));
    return DeleteRoomResponse.getDefaultInstance();
  }

  private Room updateMetadata(UpdateRoomMetadataRequest request) {
    SandboxRoom room = find(request.getRoom());
    room.metadata(request.getMetadata());
    return room.info();
  }

  private Message listParticipants(ListParticipantsRequest request) {
    ListParticipantsResponse.Builder response = ListParticipantsResponse.newBuilder();
    rooms
        .find(request.getRoom())
        .ifPresent(
            room -> room.members().forEach(member -> response.addParticipants(member.info())));
    return response.build();
  }

  private ParticipantInfo getParticipant(RoomParticipantIdentity request) {
    return participant(request.getRoom(), request.getIdentity()).info().build();
  }

  private Message removeParticipant(RoomParticipantIdentity request) {
    Member member = participant(request.getRoom(), request.getIdentity());
    rooms.remove(find(request.getRoom()), member, DisconnectReason.PARTICIPANT_REMOVED);
    return RemoveParticipantResponse.getDefaultInstance();
  }

  Member participant(String room, String identity) {
    return rooms
        .find(room)
        .flatMap(found -> found.member(identity))
        .orElseThrow(TwirpError::participantNotFound);
  }

  private SandboxRoom find(String name) {
    return rooms.find(name).orElseThrow(TwirpError::roomNotFound);
  }
}
