package io.voicegateway.livekit.api;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.voicegateway.project.LiveKitSettings;
import io.voicegateway.project.Project;
import java.time.Clock;

/**
 * One project's LiveKit. None shares anything with another: neither connections nor rate nor
 * breaker.
 *
 * @param breaker around the registrations of calls
 */
public record LiveKit(
    Project project,
    LiveKitApi api,
    AccessTokens tokens,
    RoomRequests rooms,
    SipRequests sip,
    CircuitBreaker breaker) {

  /**
   * That of a project, ready to be asked.
   *
   * @param tags of its metrics
   */
  public static LiveKit of(Project project, MeterRegistry meters, Tags tags, Clock clock) {
    LiveKitSettings settings = project.livekit();
    LiveKitApi api = new LiveKitApi(settings, new RateGuard(settings, meters, tags));
    AccessTokens tokens = new AccessTokens(settings, clock);
    return new LiveKit(
        project,
        api,
        tokens,
        new RoomRequests(api, tokens),
        new SipRequests(api, tokens),
        LiveKitBreaker.of(project.isStandard() ? "" : " of " + project, meters, tags));
  }

  /** The same name as its project's. */
  public String name() {
    return project.name();
  }

  /** Fit for logs. */
  @Override
  public String toString() {
    return "LiveKit of " + project;
  }
}
