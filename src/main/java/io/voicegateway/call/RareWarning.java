package io.voicegateway.call;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps what others can provoke at will from filling the log: one line a minute. */
public final class RareWarning {

  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private final Clock clock;
  private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MIN);

  public RareWarning(Clock clock) {
    this.clock = clock;
  }

  /** Whether it is time for a line; asking takes the minute's line. */
  public boolean isDue() {
    Instant now = clock.instant();
    Instant due = next.get();
    return !now.isBefore(due) && next.compareAndSet(due, now.plus(BETWEEN));
  }
}
