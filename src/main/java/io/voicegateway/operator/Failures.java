package io.voicegateway.operator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How often logins failed, each minute from the first failure on. */
final class Failures {

  private static final Duration WHILE = Duration.ofMinutes(1);
  private static final int MOST_KNOWN = 10_000;

  private final int most;
  private final Cache<String, AtomicInteger> counts;

  Failures(int most, Clock clock) {
    this.most = most;
    this.counts =
        Caffeine.newBuilder()
            .expireAfterWrite(WHILE)
            .maximumSize(MOST_KNOWN)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /** Counts one; whether it is the last that is allowed. */
  boolean add(String whose) {
    return counts.get(whose, first -> new AtomicInteger()).incrementAndGet() == most;
  }

  boolean areTooMany(String whose) {
    AtomicInteger count = counts.getIfPresent(whose);
    return count != null && count.get() >= most;
  }

  /** After how many seconds they are forgotten. */
  int secondsLeft(String whose) {
    long passed =
        counts
            .policy()
            .expireAfterWrite()
            .map(policy -> policy.ageOf(whose, TimeUnit.SECONDS).orElse(0))
            .orElse(0L);
    return (int) Math.max(1, WHILE.toSeconds() - passed);
  }
}
