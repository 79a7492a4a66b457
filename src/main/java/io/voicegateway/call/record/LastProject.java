package io.voicegateway.call.record;

import io.voicegateway.call.record.CallEvent.InRoom;
import io.voicegateway.call.record.CallEvent.Received;
import io.voicegateway.call.record.CallEvent.Registered;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** In whose LiveKit a call was last: where it was registered, else where it was to be. */
final class LastProject {

  private LastProject() {}

  /** Its name; null where there is one only. */
  static @Nullable String of(List<CallEvent> events) {
    String project = null;
    for (CallEvent event : events) {
      if (event instanceof Registered registered && registered.project() != null) {
        project = registered.project();
      } else if (event instanceof Received received && project == null) {
        project = received.project();
      }
    }
    return project;
  }

  /**
   * The same without what is told of the call's rooms in other projects.
   *
   * @param project null to leave out nothing
   */
  static List<CallEvent> toldIn(@Nullable String project, List<CallEvent> events) {
    return events.stream().filter(event -> !isElsewhere(event, project)).toList();
  }

  private static boolean isElsewhere(CallEvent event, @Nullable String project) {
    return project != null
        && event instanceof InRoom told
        && told.project() != null
        && !told.project().equals(project);
  }
}
