package io.voicegateway.livekit;

import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.project.Projects;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * How the agents of the number plan and of the projects do: who was heard when, who did not come,
 * who was replaced. An agent that does not come never makes the gateway unhealthy, for it has other
 * agents and the fallback.
 */
@Component("agents")
final class AgentHealth implements HealthIndicator {

  private final Map<String, Instant> lastHeard = new ConcurrentHashMap<>();
  private final Set<String> known;
  private final MeterRegistry metrics;
  private final Clock clock;

  AgentHealth(NumberPlan plan, Projects projects, MeterRegistry metrics, Clock clock) {
    this.known = new TreeSet<>(plan.agents());
    known.addAll(projects.agents());
    this.metrics = metrics;
    this.clock = clock;
  }

  void heard(String agent) {
    lastHeard.put(known(agent), clock.instant());
  }

  /** The agent was asked to come to a caller and was not heard. */
  void missing(String agent) {
    metrics.counter("gateway.agent.missing", "agent", known(agent)).increment();
  }

  /** A caller heard somebody after his agent was missing. */
  void rescued(String agent) {
    metrics.counter("gateway.agent.rescued", "agent", known(agent)).increment();
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    known.forEach(agent -> health.withDetail(agent, words(lastHeard.get(agent))));
    return health.build();
  }

  private String words(@Nullable Instant heard) {
    return heard == null
        ? "not heard yet"
        : "last heard %d s ago".formatted(Duration.between(heard, clock.instant()).toSeconds());
  }

  /** Names may also come from Jambonz's portal; those are not counted one by one. */
  private String known(String agent) {
    return known.contains(agent) ? agent : "other";
  }
}
