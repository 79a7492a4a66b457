package io.voicegateway.livekit;

import io.voicegateway.call.record.Finding;
import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.RoomRequests;
import java.util.List;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.TrackType;

/**
 * A look at a room. Who is in it counts first: LiveKit's list of jobs lags behind the agents, and
 * shows a job as running that a wedged worker took (seen on a real LiveKit).
 */
final class RoomLook {

  private final RoomRequests rooms;

  RoomLook(RoomRequests rooms) {
    this.rooms = rooms;
  }

  /**
   * What a room shows.
   *
   * @param finding how its agent is
   * @param people how many are in it besides agents: the caller, and whoever was called in
   */
  record Sight(Finding finding, long people) {

    /** What is known when LiveKit could not be asked. */
    static final Sight NONE = new Sight(Finding.UNKNOWN, 0);
  }

  /** One to three requests, the fewer the better the room is. */
  Sight at(String room) {
    try {
      List<ParticipantInfo> inRoom = rooms.participants(room);
      return new Sight(agent(room, inRoom), inRoom.stream().filter(RoomLook::isPerson).count());
    } catch (LiveKitFailure unanswered) {
      return Sight.NONE;
    }
  }

  private Finding agent(String room, List<ParticipantInfo> inRoom) {
    List<ParticipantInfo> agents = inRoom.stream().filter(RoomLook::isAgent).toList();
    if (agents.stream().anyMatch(RoomLook::isAudible)) {
      return Finding.AGENT_READY;
    }
    if (!agents.isEmpty()) {
      return Finding.AGENT_SILENT;
    }
    if (inRoom.isEmpty() && !rooms.exists(room)) {
      return Finding.NO_ROOM;
    }
    boolean taken =
        rooms.dispatches(room).stream()
            .anyMatch(dispatch -> dispatch.getState().getJobsCount() > 0);
    return taken ? Finding.AGENT_MISSING : Finding.NO_WORKER;
  }

  static boolean isAgent(ParticipantInfo participant) {
    return participant.getKind() == ParticipantInfo.Kind.AGENT
        && participant.getState() != ParticipantInfo.State.DISCONNECTED;
  }

  static boolean isAudibleAgent(ParticipantInfo participant) {
    return isAgent(participant) && isAudible(participant);
  }

  static boolean isPerson(ParticipantInfo participant) {
    return participant.getKind() == ParticipantInfo.Kind.SIP
        || participant.getKind() == ParticipantInfo.Kind.STANDARD;
  }

  private static boolean isAudible(ParticipantInfo agent) {
    return agent.getState() == ParticipantInfo.State.ACTIVE
        && agent.getTracksList().stream().anyMatch(track -> track.getType() == TrackType.AUDIO);
  }
}
