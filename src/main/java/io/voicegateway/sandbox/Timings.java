package io.voicegateway.sandbox;

import java.time.Duration;

/**
 * How long LiveKit takes where it only waits.
 *
 * @param noResponse until an RPC to a room that does not exist fails
 * @param transfer until a REFER without outcome fails
 * @param byeAfterTransfer from the success of a REFER to the BYE
 */
record Timings(Duration noResponse, Duration transfer, Duration byeAfterTransfer) {
  static final Timings REAL =
      new Timings(Duration.ofSeconds(3), Duration.ofSeconds(30), Duration.ofSeconds(1));
}
