package io.voicegateway.call.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Knows which calls are under way, of all gateways that share the record. */
@FunctionalInterface
public interface ActiveCalls {

  /**
   * A call that is under way.
   *
   * @param ownNumber our own number: the called one, or the one from which we called
   */
  record ActiveCall(String callSid, String ownNumber, Instant since) {}

  /** Those that were not turned away; empty when that cannot be told. */
  Optional<List<ActiveCall>> withAgents();
}
