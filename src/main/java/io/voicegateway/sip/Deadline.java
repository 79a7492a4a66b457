package io.voicegateway.sip;

import java.time.Duration;

/** A moment by which something is over. */
record Deadline(long nanoTime) {

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  boolean isOver() {
    return left().isZero();
  }

  /** Never negative. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }

  Deadline orEarlier(Deadline other) {
    return nanoTime - other.nanoTime < 0 ? this : other;
  }
}
