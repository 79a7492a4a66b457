package io.voicegateway.outbound;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.voicegateway.call.Newest;
import io.voicegateway.call.record.EndedCalls;
import io.voicegateway.call.record.OrderedCalls;
import io.voicegateway.operator.Refusal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Keeps within what gateways may call by themselves, together where they share a database: a
 * program gone wild is expensive.
 */
@Component
final class OutboundCaps {

  private static final int REMEMBERED = 10_000;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final String AWAY =
      "The calls' database is away, so that another gateway may have placed the call of this key."
          + " Try again when it is back, or without a key.";

  private final OutboundLimits limits;
  private final OrderedCalls together;
  private final EndedCalls ended;
  private final RateLimiter rate;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();
  private final Set<String> begun = Newest.of(REMEMBERED);

  OutboundCaps(OutboundLimits limits, OrderedCalls together, EndedCalls ended) {
    this.limits = limits;
    this.together = together;
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
   * @param name the call's id, or that of the invitation
   * @param longest how long it may last
   * @param once whether no other gateway may begin the same one
   * @return false when it was begun before
   * @throws Refusal when it would be one too many
   */
  boolean begin(String name, Duration longest, boolean once) {
    switch (together.begin(name, longest, limits.mostAtOnce(), limits.mostAMinute())) {
      case KNOWN -> {
        return false;
      }
      case TOO_MANY_AT_ONCE -> throw tooManyAtOnce();
      case TOO_MANY_A_MINUTE -> throw tooManyAMinute();
      case BEGUN -> {
        forgetEnded();
        underWay.add(name);
        begun.add(name);
        return true;
      }
      case AWAY -> {
        if (once && !begun.contains(name)) {
          throw new Refusal(UNAVAILABLE, AWAY);
        }
        return beginHere(name);
      }
      default -> {
        return beginHere(name);
      }
    }
  }

  private void forgetEnded() {
    if (underWay.size() >= limits.mostAtOnce()) {
      underWay.removeAll(ended.over(Set.copyOf(underWay)));
    }
  }

  private synchronized boolean beginHere(String name) {
    if (begun.contains(name)) {
      return false;
    }
    forgetEnded();
    if (underWay.size() >= limits.mostAtOnce()) {
      throw tooManyAtOnce();
    }
    if (!rate.acquirePermission()) {
      throw tooManyAMinute();
    }
    underWay.add(name);
    return begun.add(name);
  }

  private Refusal tooManyAtOnce() {
    return new Refusal(
        TOO_MANY,
        "%d calls are under way, as many as gateway.outbound.most-at-once allows. Try again when one has ended."
            .formatted(limits.mostAtOnce()));
  }

  private Refusal tooManyAMinute() {
    return new Refusal(
        TOO_MANY,
        "More than %d calls in this minute, which is gateway.outbound.most-a-minute."
            .formatted(limits.mostAMinute()));
  }

  /** It did not come to a call, or is over. */
  void undo(String name) {
    underWay.remove(name);
    together.over(name);
  }
}
