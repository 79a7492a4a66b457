package io.voicegateway.livekit.api;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.voicegateway.project.LiveKitSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps within the rate that LiveKit allows its API: a request over it is not made, as LiveKit
 * would refuse it and count it against the next. Callers are then dialled without a registration.
 */
final class RateGuard {

  private final @Nullable RateLimiter limiter;
  private final int most;
  private final Counter refused;

  /**
   * @param project which LiveKit, where there are several
   */
  RateGuard(LiveKitSettings settings, MeterRegistry meters, Tags project) {
    most = settings.mostRequestsAMinute();
    limiter = most == 0 ? null : RateLimiter.of("livekit", config(most));
    refused =
        Counter.builder("gateway.livekit.requests.held.back")
            .tags(project)
            .description("Requests to LiveKit's API that were not made because of its rate")
            .register(meters);
    if (limiter != null) {
      Gauge.builder("gateway.livekit.requests.left", limiter, RateGuard::left)
          .tags(project)
          .description("Requests to LiveKit's API that may still be made in this minute")
          .register(meters);
    }
  }

  /**
   * Takes one request out of this minute's.
   *
   * @param method for the message
   * @throws LiveKitFailure.HeldBack when none is left
   */
  void take(String method) {
    if (limiter != null && !limiter.acquirePermission()) {
      refused.increment();
      throw new LiveKitFailure.HeldBack(
          "LiveKit %s: not asked, more than %d requests in this minute".formatted(method, most));
    }
  }

  private static RateLimiterConfig config(int most) {
    return RateLimiterConfig.custom()
        .limitForPeriod(most)
        .limitRefreshPeriod(Duration.ofMinutes(1))
        .timeoutDuration(Duration.ZERO)
        .build();
  }

  private static double left(RateLimiter limiter) {
    return limiter.getMetrics().getAvailablePermissions();
  }
}
