package io.voicegateway.livekit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
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

  /**
   * How an agent does.
   *
   * @param heardSecondsAgo null when it was not heard since the start
   * @param missingSince callers who asked for it since then and did not hear it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Doing(
      @JsonProperty("heard_seconds_ago") @Nullable Long heardSecondsAgo,
      @JsonProperty("missing_since") int missingSince) {}

  private static final String MISSING = "gateway.agent.missing";
  private static final String RESCUED = "gateway.agent.rescued";
  private static final String AGENT = "agent";

  private final Map<String, Instant> lastHeard = new ConcurrentHashMap<>();
  private final Map<String, Integer> missingSince = new ConcurrentHashMap<>();
  private final NumberPlan plan;
  private final Projects projects;
  private final MeterRegistry metrics;
  private final Clock clock;

  AgentHealth(NumberPlan plan, Projects projects, MeterRegistry metrics, Clock clock) {
    this.plan = plan;
    this.projects = projects;
    this.metrics = metrics;
    this.clock = clock;
    known().forEach(this::countFromTheFirst);
  }

  /**
   * A counter that is not there before it counts hides its first from whoever looks for changes.
   */
  private void countFromTheFirst(String agent) {
    metrics.counter(MISSING, AGENT, agent);
    metrics.counter(RESCUED, AGENT, agent);
  }

  void heard(String agent) {
    lastHeard.put(known(agent), clock.instant());
    missingSince.remove(known(agent));
  }

  /** The agent was asked to come to a caller and was not heard. */
  void missing(String agent) {
    metrics.counter(MISSING, AGENT, known(agent)).increment();
    missingSince.merge(known(agent), 1, Integer::sum);
  }

  /** A caller heard somebody after his agent was missing. */
  void rescued(String agent) {
    metrics.counter(RESCUED, AGENT, known(agent)).increment();
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    known().forEach(agent -> health.withDetail(agent, doing(agent)));
    return health.build();
  }

  private Doing doing(String agent) {
    Instant heard = lastHeard.get(agent);
    return new Doing(
        heard == null ? null : Duration.between(heard, clock.instant()).toSeconds(),
        missingSince.getOrDefault(agent, 0));
  }

  private Set<String> known() {
    Set<String> known = new TreeSet<>(plan.agents());
    known.addAll(projects.agents());
    return known;
  }

  /** Names may also come from Jambonz's portal; those are not counted one by one. */
  private String known(String agent) {
    return known().contains(agent) ? agent : "other";
  }
}
