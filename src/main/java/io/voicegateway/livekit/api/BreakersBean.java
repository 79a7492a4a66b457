package io.voicegateway.livekit.api;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.voicegateway.call.Managed;
import java.util.List;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.stereotype.Component;

/** The breakers of all projects in JMX. */
@Component
@ManagedResource(
    objectName = "io.voicegateway:type=Breakers",
    description = "While one is open, that LiveKit is not asked and callers get the fallback")
public final class BreakersBean implements Managed {

  private static final String PROJECT = "name of the project, default for the only one";

  private final LiveKits livekits;

  BreakersBean(LiveKits livekits) {
    this.livekits = livekits;
  }

  @ManagedAttribute(
      description =
          "CLOSED; OPEN; HALF_OPEN while LiveKit is tried again; FORCED_OPEN until a reset")
  public List<String> getStates() {
    return livekits.all().stream()
        .map(livekit -> livekit.name() + ": " + livekit.breaker().getState())
        .toList();
  }

  @ManagedOperation(description = "Asks a project's LiveKit again, and forgets its failures")
  @ManagedOperationParameter(name = "project", description = PROJECT)
  public List<String> reset(String project) {
    breaker(project).reset();
    return getStates();
  }

  @ManagedOperation(description = "Leaves a project's LiveKit alone until it is reset")
  @ManagedOperationParameter(name = "project", description = PROJECT)
  public List<String> forceOpen(String project) {
    breaker(project).transitionToForcedOpenState();
    return getStates();
  }

  private CircuitBreaker breaker(String project) {
    return livekits.all().stream()
        .filter(livekit -> livekit.name().equals(project))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no project of that name."))
        .breaker();
  }
}
