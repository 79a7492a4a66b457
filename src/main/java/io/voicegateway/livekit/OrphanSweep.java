package io.voicegateway.livekit;

import io.voicegateway.call.Call;
import io.voicegateway.call.record.EndedCalls;
import io.voicegateway.livekit.api.LiveKit;
import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.LiveKits;
import io.voicegateway.livekit.api.RoomRequests;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import livekit.LivekitModels.Room;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Deletes rooms of ours that nobody calls any more: those with our name and our metadata, some
 * minutes old, in which nobody but agents is. While LiveKit's store is away a caller's phone is
 * missing from his room for seconds (seen on a real LiveKit), so a call that may go on loses its
 * room only when the sweeps of nine minutes found nobody in it.
 */
@Component("orphanSweep")
final class OrphanSweep {

  private static final Logger log = LoggerFactory.getLogger(OrphanSweep.class);

  /** Longer than any dial rings. */
  private static final Duration YOUNG = Duration.ofMinutes(3);

  private static final Duration LONG_EMPTY = Duration.ofMinutes(9);

  /** LiveKit's API has a rate: so many rooms are looked into, the rest at the next sweep. */
  private static final int MOST_LOOKS = 20;

  private final List<LiveKit> livekits;
  private final EndedCalls calls;
  private final Clock clock;

  /**
   * Since when the sweeps find nobody but agents in a room of a call that may go on, by project.
   */
  private final Map<String, Map<String, Instant>> empty = new HashMap<>();

  OrphanSweep(LiveKits livekits, EndedCalls calls, Clock clock) {
    this.livekits = livekits.all();
    this.calls = calls;
    this.clock = clock;
  }

  /** One sweep; a LiveKit that does not answer is left for the next. */
  synchronized void sweep() {
    livekits.forEach(this::sweep);
  }

  private void sweep(LiveKit livekit) {
    RoomRequests rooms = livekit.rooms();
    try {
      List<Room> ours = rooms.all().stream().filter(this::isOldAndOurs).toList();
      List<String> left = callsOfEmptyRooms(ours, rooms);
      List<String> orphans = orphans(left, livekit.name());
      orphans.forEach(sid -> rooms.delete(Call.roomOf(sid)));
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

  private List<String> callsOfEmptyRooms(List<Room> ours, RoomRequests rooms) {
    return ours.stream()
        .sorted(
            Comparator.comparingInt(Room::getNumParticipants)
                .thenComparingLong(Room::getCreationTime))
        .limit(MOST_LOOKS)
        .map(Room::getName)
        .filter(room -> isEmpty(room, rooms))
        .map(Call::sidOfRoom)
        .filter(Objects::nonNull)
        .toList();
  }

  private static boolean isEmpty(String room, RoomRequests rooms) {
    return rooms.participants(room).stream().allMatch(RoomLook::isAgent);
  }

  /** Of the calls whose room is empty those that are over or have long been gone. */
  private List<String> orphans(List<String> left, String project) {
    Instant now = clock.instant();
    Set<String> over = calls.over(left);
    Map<String, Instant> before = empty.getOrDefault(project, Map.of());
    empty.put(
        project,
        left.stream().collect(Collectors.toMap(sid -> sid, sid -> before.getOrDefault(sid, now))));
    return left.stream()
        .filter(
            sid ->
                over.contains(sid) || !before.getOrDefault(sid, now).plus(LONG_EMPTY).isAfter(now))
        .toList();
  }
}
