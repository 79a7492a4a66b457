package io.voicegateway.sandbox;

import io.voicegateway.call.NumberPlan;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Lets a worker register with the sandbox for every agent of the number plan. */
@Component
class SandboxAgents {
  SandboxAgents(ObjectProvider<SandboxLiveKit> sandbox, NumberPlan plan) {
    sandbox.ifAvailable(
        livekit -> plan.agents().forEach(agent -> livekit.register(SandboxWorker.named(agent))));
  }
}
