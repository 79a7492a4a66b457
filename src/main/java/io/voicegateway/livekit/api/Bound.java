package io.voicegateway.livekit.api;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps what waits for one project's LiveKit within the project's share of the threads that all
 * projects use. Calls come in bursts, and then a request waits for its place as long as others are
 * answered. When nothing moves any more LiveKit hangs: it is not asked at all, and the caller goes
 * down his ladder.
 */
public final class Bound {

  /**
   * After so much time in which no place was taken, or given back with an answer, LiveKit hangs.
   */
  private static final Duration STANDSTILL = Duration.ofMillis(500);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final Semaphore places;
  private final int all;
  private final Duration patience;
  private volatile long moved = System.nanoTime();

  /**
   * @param patience for a place, however well LiveKit answers others
   */
  Bound(int places, Duration patience) {
    this.places = new Semaphore(places, true);
    this.all = places;
    this.patience = patience;
  }

  /**
   * Does a request when there is a place for it.
   *
   * @param method for the message
   * @throws LiveKitFailure.Unavailable when there is none
   */
  public <T> T within(String method, Supplier<T> request) {
    if (!isEntered()) {
      throw new LiveKitFailure.Unavailable(
          "LiveKit %s: not asked, %d requests wait for its answer".formatted(method, all), 0);
    }
    moved = System.nanoTime();
    try {
      T answer = request.get();
      moved = System.nanoTime();
      return answer;
    } finally {
      places.release();
    }
  }

  /** How many requests wait for LiveKit's answer. */
  int waiting() {
    return all - places.availablePermits();
  }

  private boolean isEntered() {
    long begun = System.nanoTime();
    try {
      boolean entered = places.tryAcquire(0, TimeUnit.MILLISECONDS);
      while (!entered && isWorthWaiting(begun)) {
        entered = places.tryAcquire(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
      }
      return entered;
    } catch (InterruptedException nobodyWaits) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isWorthWaiting(long begun) {
    long now = System.nanoTime();
    return now - moved < STANDSTILL.toNanos() && now - begun < patience.toNanos();
  }
}
