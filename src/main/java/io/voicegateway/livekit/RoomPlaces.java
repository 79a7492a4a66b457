package io.voicegateway.livekit;

import io.voicegateway.call.InTurn;
import io.voicegateway.call.record.CallProjects;
import io.voicegateway.livekit.api.LiveKit;
import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.LiveKits;
import io.voicegateway.project.Projects;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Where the room of a call may be of which no more than its id is known. */
@Component
final class RoomPlaces {

  private final LiveKits livekits;
  private final Projects projects;
  private final CallProjects calls;

  RoomPlaces(LiveKits livekits, Projects projects, CallProjects calls) {
    this.livekits = livekits;
    this.projects = projects;
    this.calls = calls;
  }

  /**
   * What the first of the call's places gives that gives anything.
   *
   * @throws LiveKitFailure when none does and one did not answer
   */
  <T> Optional<T> first(String callSid, Function<LiveKit, Optional<T>> request) {
    return InTurn.first(of(callSid), LiveKitFailure.class, request);
  }

  /** All of them, the one first in which the call was last heard of: it may have moved since. */
  List<LiveKit> of(String callSid) {
    if (!projects.areSeveral()) {
      return livekits.all();
    }
    Set<LiveKit> places = new LinkedHashSet<>();
    calls.projectOf(callSid).map(livekits::of).ifPresent(places::add);
    places.addAll(livekits.all());
    return List.copyOf(places);
  }
}
