package io.voicegateway.sandbox;

import io.voicegateway.call.NumberPlan;
import io.voicegateway.project.Projects;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Lets a worker register with the sandbox for every agent of the number plan and of projects. */
@Component
class SandboxAgents {
  SandboxAgents(ObjectProvider<SandboxLiveKit> sandbox, NumberPlan plan, Projects projects) {
    sandbox.ifAvailable(
        livekit ->
            Stream.concat(plan.agents().stream(), projects.agents().stream())
                .distinct()
                .forEach(agent -> livekit.register(SandboxWorker.named(agent))));
  }
}
