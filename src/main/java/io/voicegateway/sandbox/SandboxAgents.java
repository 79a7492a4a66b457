package io.voicegateway.sandbox;

import io.voicegateway.call.NumberPlan;
import io.voicegateway.project.Projects;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Lets a worker register with the sandbox for every agent of the number plan and of projects, or
 * for those alone that are said to be there.
 */
@Component
class SandboxAgents {
  SandboxAgents(
      ObjectProvider<SandboxLiveKit> sandbox,
      NumberPlan plan,
      Projects projects,
      @Value("${gateway.sandbox-agents:#{null}}") @Nullable List<String> there) {
    Stream<String> agents =
        there == null
            ? Stream.concat(plan.agents().stream(), projects.agents().stream())
            : there.stream().map(String::strip);
    sandbox.ifAvailable(
        livekit ->
            agents.distinct().forEach(agent -> livekit.register(SandboxWorker.named(agent))));
  }
}
