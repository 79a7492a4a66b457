package io.voicegateway.livekit;

import io.voicegateway.call.record.CallEvents;
import io.voicegateway.livekit.api.LiveKit;
import io.voicegateway.livekit.api.LiveKits;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Who helps the callers of each project. */
@Component
final class AgentRescues {

  private final Map<String, AgentRescue> byProject;

  @Autowired
  AgentRescues(
      AgentWatchSettings settings,
      LiveKits livekits,
      AgentHealth agents,
      LeftAloneCalls leftAlone,
      CallEvents record,
      Clock clock) {
    this(
        livekits.all().stream()
            .collect(
                Collectors.toMap(
                    LiveKit::name,
                    livekit ->
                        new AgentRescue(
                            settings,
                            livekit.project().livekit(),
                            livekit.rooms(),
                            new RoomLook(livekit.rooms()),
                            agents,
                            leftAlone,
                            record,
                            clock))));
  }

  AgentRescues(Map<String, AgentRescue> byProject) {
    this.byProject = Map.copyOf(byProject);
  }

  AgentRescue of(WatchedCall call) {
    return Objects.requireNonNull(byProject.get(call.project()));
  }

  @PreDestroy
  void close() {
    byProject.values().forEach(AgentRescue::close);
  }
}
