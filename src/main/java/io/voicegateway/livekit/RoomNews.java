package io.voicegateway.livekit;

import io.voicegateway.call.record.CallEvent.InRoom;
import java.util.List;

/**
 * What a webhook told of a call's room.
 *
 * @param project whose LiveKit told it
 * @param metadata the room's, by which a gateway that did not register the call knows it
 * @param events nothing for rooms that are not ours
 */
record RoomNews(String project, String metadata, List<InRoom> events) {
  static final RoomNews NONE = new RoomNews("", "", List.of());
}
