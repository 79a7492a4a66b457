package io.voicegateway.sandbox;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Whoever LiveKit calls through an outbound trunk. */
@FunctionalInterface
public interface FarEnd {

  /** An INVITE arrives. Called on a thread of the sandbox's pool; may block. */
  void invited(OutboundLeg leg);

  /** Rings, and answers after a while. */
  static FarEnd answers(Duration after) {
    return leg -> {
      leg.ringing();
      CompletableFuture.delayedExecutor(after.toNanos(), TimeUnit.NANOSECONDS).execute(leg::answer);
    };
  }

  /** Refuses with a SIP code. */
  static FarEnd refuses(int code) {
    return leg -> leg.refuse(code);
  }

  /** Rings and never answers. */
  static FarEnd ringsForEver() {
    return OutboundLeg::ringing;
  }

  /** Nothing listens at the address of the trunk. */
  static FarEnd unreachable() {
    return OutboundLeg::unreachable;
  }
}
