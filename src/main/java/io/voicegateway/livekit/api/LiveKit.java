package io.voicegateway.livekit.api;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.voicegateway.project.LiveKitSettings;
import io.voicegateway.project.Project;
import io.voicegateway.project.SharedThreads.Share;
import java.time.Clock;
import java.time.Duration;

/**
 * One project's LiveKit. None shares anything with another: neither connections nor rate nor
 * breaker; and of the threads that all of them use, each holds no more than its share.
 *
 * @param breaker around the registrations of calls
 * @param ringBacks around the requests to ring back, which wait until Jambonz answers
 */
public record LiveKit(
    Project project,
    LiveKitApi api,
    AccessTokens tokens,
    RoomRequests rooms,
    SipRequests sip,
    CircuitBreaker breaker,
    Bound ringBacks) {

  /**
   * That of a project, ready to be asked.
   *
   * @param share of the threads
   * @param tags of its metrics
   */
  public static LiveKit of(
      Project project, Share share, MeterRegistry meters, Tags tags, Clock clock) {
    LiveKitSettings settings = project.livekit();
    Bound requests = new Bound(share.requests(), settings.deadline().dividedBy(2));
    Gauge.builder("gateway.livekit.requests.waiting", requests, Bound::waiting)
        .description("Requests to LiveKit's API that wait for its answer")
        .tags(tags)
        .register(meters);
    LiveKitApi api = new LiveKitApi(settings, requests, new RateGuard(settings, meters, tags));
    AccessTokens tokens = new AccessTokens(settings, clock);
    return new LiveKit(
        project,
        api,
        tokens,
        new RoomRequests(api, tokens),
        new SipRequests(api, tokens),
        LiveKitBreaker.of(project.isStandard() ? "" : " of " + project, meters, tags),
        new Bound(share.ringBacks(), Duration.ZERO));
  }

  /** Whether its breaker is open: nobody should wait for it now. */
  public boolean isLeftAlone() {
    return breaker.getState() == CircuitBreaker.State.OPEN;
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
