package io.voicegateway.livekit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.livekit.api.LiveKitFailure;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Opens when most of the last requests to LiveKit failed, so that callers need not wait for one
 * that is down. What LiveKit refuses for one call says nothing about the next; Camel's own settings
 * for that ({@code ignoreException}) would let such a call go on as if it were registered.
 */
@Configuration(proxyBeanMethods = false)
class LiveKitBreaker {

  private static final Logger log = LoggerFactory.getLogger(LiveKitBreaker.class);

  private static final CircuitBreakerConfig CONFIG =
      CircuitBreakerConfig.custom()
          .slidingWindowSize(20)
          .minimumNumberOfCalls(10)
          .failureRateThreshold(50)
          .waitDurationInOpenState(Duration.ofSeconds(5))
          .permittedNumberOfCallsInHalfOpenState(2)
          .recordException(LiveKitFailure.Unavailable.class::isInstance)
          .build();

  @Bean
  CircuitBreaker livekitBreaker(MeterRegistry meters) {
    CircuitBreaker breaker = CircuitBreaker.of("livekit", CONFIG);
    breaker
        .getEventPublisher()
        .onStateTransition(
            change ->
                log.warn("LiveKit's breaker is {}", change.getStateTransition().getToState()));
    Gauge.builder("gateway.livekit.breaker.open", breaker, LiveKitBreaker::openness)
        .description("1 while LiveKit is not asked, 0.5 while it is tried again, else 0")
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
