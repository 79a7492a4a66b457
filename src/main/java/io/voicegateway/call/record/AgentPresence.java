package io.voicegateway.call.record;

import io.voicegateway.call.record.CallEvent.InRoom;
import io.voicegateway.call.record.CallEvent.LeftAlone;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a caller had an agent to hear, as LiveKit's webhooks told. An agent that was taken out of
 * the room, because another one was faster or the room ended, did not leave the caller.
 */
final class AgentPresence {

  private static final Set<String> TAKEN_OUT =
      Set.of("PARTICIPANT_REMOVED", "ROOM_DELETED", "ROOM_CLOSED");

  /** Seen when LiveKit's server had lost its store: the same agent is back at once. */
  private static final Set<String> COMES_BACK = Set.of("DUPLICATE_IDENTITY", "MIGRATION");

  /** An agent that leaves this long before the phone does so by itself. */
  private static final Duration ALONE = Duration.ofSeconds(1);

  private final Set<String> heard = new HashSet<>();
  private @Nullable Instant alone;
  private @Nullable Instant phoneLeft;

  private AgentPresence() {}

  /**
   * Whether the last agent that the caller could hear left him in mid-call and nobody came.
   *
   * @param events in the order of their times
   * @param talk since when there was a talk: an agent that left earlier was not missed
   * @param end when the dial to the agent was over: whoever left later left nobody
   */
  static boolean wasCallerAlone(List<CallEvent> events, Instant talk, Instant end) {
    AgentPresence presence = new AgentPresence();
    events.stream().filter(event -> event.at().isBefore(end)).forEach(presence::take);
    Instant alone = presence.alone;
    Instant gone = presence.phoneLeft == null ? end : presence.phoneLeft;
    return alone != null && !alone.isBefore(talk) && alone.plus(ALONE).isBefore(gone);
  }

  private void take(CallEvent event) {
    if (phoneLeft != null) {
      return;
    }
    if (event instanceof InRoom told && !COMES_BACK.contains(told.reason())) {
      inRoom(told);
    } else if (event instanceof LeftAlone && alone == null) {
      alone = event.at();
    }
  }

  private void inRoom(InRoom told) {
    switch (told.what()) {
      case AGENT_HEARD -> {
        heard.add(told.identity());
        alone = null;
      }
      case AGENT_LEFT -> {
        if (heard.remove(told.identity()) && heard.isEmpty()) {
          alone = TAKEN_OUT.contains(told.reason()) ? null : told.at();
        }
      }
      case PHONE_LEFT, ROOM_ENDED -> phoneLeft = told.at();
      case PHONE_JOINED, AGENT_JOINED -> {}
    }
  }
}
