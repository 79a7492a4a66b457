package io.voicegateway.sandbox;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import livekit.LivekitRoom.CreateRoomRequest;

/** The room a request names. */
final class RoomOf {
  private RoomOf() {}

  static String request(Message request) {
    if (request instanceof CreateRoomRequest create) {
      return create.getName();
    }
    String room = field(request, "room");
    return room.isEmpty() ? field(request, "room_name") : room;
  }

  private static String field(Message request, String name) {
    FieldDescriptor field = request.getDescriptorForType().findFieldByName(name);
    return field == null ? "" : request.getField(field).toString();
  }
}
