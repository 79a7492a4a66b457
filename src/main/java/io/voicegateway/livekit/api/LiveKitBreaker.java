package io.voicegateway.livekit.api;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens when most of the last registrations with a LiveKit failed, or nearly all of them were slow,
 * so that callers need not wait for one that is down. What LiveKit refuses for one call says
 * nothing about the next.
 */
final class LiveKitBreaker {

  private static final Logger log = LoggerFactory.getLogger(LiveKitBreaker.class);

  private static final CircuitBreakerConfig CONFIG =
      CircuitBreakerConfig.custom()
          .slidingWindowSize(20)
          .minimumNumberOfCalls(10)
          .failureRateThreshold(50)
          .slowCallDurationThreshold(Duration.ofSeconds(1))
          .slowCallRateThreshold(80)
          .waitDurationInOpenState(Duration.ofSeconds(5))
          .automaticTransitionFromOpenToHalfOpenEnabled(true)
          // a trial that failed long ago must not outweigh the answer of a LiveKit that is back
          .permittedNumberOfCallsInHalfOpenState(1)
          .recordException(LiveKitFailure.Unavailable.class::isInstance)
          .build();

  private LiveKitBreaker() {}

  /**
   * A breaker, closed.
   *
   * @param whose what stands in the log behind LiveKit, empty for the only one
   * @param project which LiveKit, where there are several
   */
  static CircuitBreaker of(String whose, MeterRegistry meters, Tags project) {
    CircuitBreaker breaker = CircuitBreaker.of("livekit" + whose, CONFIG);
    breaker
        .getEventPublisher()
        .onStateTransition(
            change ->
                log.warn(
                    "LiveKit's breaker{} is {}", whose, change.getStateTransition().getToState()));
    Gauge.builder("gateway.livekit.breaker.open", breaker, LiveKitBreaker::openness)
        .description("1 while LiveKit is not asked, 0.5 while it is tried again, else 0")
        .tags(project)
        .register(meters);
    return breaker;
  }

  private static double openness(CircuitBreaker breaker) {
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN -> 1;
      case HALF_OPEN -> 0.5;
      default -> 0;
    };
  }
}
