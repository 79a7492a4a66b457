package io.voicegateway.outbound;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.voicegateway.call.record.EndedCalls;
import io.voicegateway.operator.Refusal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Keeps within what this gateway may call by itself: a program gone wild is expensive. */
@Component
final class OutboundCaps {

  private static final int TOO_MANY = 429;

  private final OutboundLimits limits;
  private final EndedCalls ended;
  private final RateLimiter rate;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  OutboundCaps(OutboundLimits limits, EndedCalls ended) {
    this.limits = limits;
    this.ended = ended;
    this.rate =
        RateLimiter.of(
            "outbound",
            RateLimiterConfig.custom()
                .limitForPeriod(Math.max(1, limits.mostAMinute()))
                .limitRefreshPeriod(Duration.ofMinutes(1))
                .timeoutDuration(Duration.ZERO)
                .build());
  }

  /**
   * Counts a call that is to begin.
   *
   * @throws Refusal when it would be one too many
   */
  synchronized void begin(String sid) {
    if (underWay.size() >= limits.mostAtOnce()) {
      underWay.removeAll(ended.over(Set.copyOf(underWay)));
    }
    if (underWay.size() >= limits.mostAtOnce()) {
      throw new Refusal(
          TOO_MANY,
          "%d calls are under way, more than gateway.outbound.most-at-once allows. Try again when one has ended."
              .formatted(underWay.size()));
    }
    if (!rate.acquirePermission()) {
      throw new Refusal(
          TOO_MANY,
          "More than %d calls in this minute, which is gateway.outbound.most-a-minute."
              .formatted(limits.mostAMinute()));
    }
    underWay.add(sid);
  }

  /** It did not come to a call. */
  void undo(String sid) {
    underWay.remove(sid);
  }
}
