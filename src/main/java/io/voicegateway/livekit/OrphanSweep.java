package io.voicegateway.livekit;

import io.voicegateway.call.Call;
import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.RoomRequests;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import livekit.LivekitModels.Room;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Deletes rooms of ours that nobody calls any more: those with our name and our metadata, some
 * minutes old, in which nobody but agents is.
 */
@Component("orphanSweep")
final class OrphanSweep {

  private static final Logger log = LoggerFactory.getLogger(OrphanSweep.class);

  /** Longer than any dial rings. */
  private static final Duration YOUNG = Duration.ofMinutes(3);

  /** LiveKit's API has a rate: so many rooms are looked into, the rest at the next sweep. */
  private static final int MOST_LOOKS = 20;

  private final RoomRequests rooms;
  private final Clock clock;

  OrphanSweep(RoomRequests rooms, Clock clock) {
    this.rooms = rooms;
    this.clock = clock;
  }

  /** One sweep; a LiveKit that does not answer is left for the next. */
  void sweep() {
    try {
      List<Room> ours = rooms.all().stream().filter(this::isOldAndOurs).toList();
      List<Room> orphans =
          ours.stream()
              .sorted(
                  Comparator.comparingInt(Room::getNumParticipants)
                      .thenComparingLong(Room::getCreationTime))
              .limit(MOST_LOOKS)
              .filter(this::isAbandoned)
              .toList();
      orphans.forEach(room -> rooms.delete(room.getName()));
      if (!orphans.isEmpty() || ours.size() > MOST_LOOKS) {
        log.info(
            "Sweep: {} rooms of calls are some minutes old, {} without a caller were deleted, at"
                + " most {} are looked into at a time",
            ours.size(),
            orphans.size(),
            MOST_LOOKS);
      }
    } catch (LiveKitFailure unanswered) {
      log.warn("Sweep of abandoned rooms broken off: {}", unanswered.getMessage());
    }
  }

  private boolean isOldAndOurs(Room room) {
    String sid = Call.sidOfRoom(room.getName());
    long age = clock.instant().getEpochSecond() - room.getCreationTime();
    return sid != null
        && age > YOUNG.toSeconds()
        && AgentMetadata.toldOf(sid, room.getMetadata()) != null;
  }

  private boolean isAbandoned(Room room) {
    return rooms.participants(room.getName()).stream().allMatch(RoomLook::isAgent);
  }
}
