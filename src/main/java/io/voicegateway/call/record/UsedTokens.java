package io.voicegateway.call.record;

import java.util.Optional;

/** Remembers for all gateways which leg from LiveKit showed a token first. */
@FunctionalInterface
public interface UsedTokens {

  /**
   * The leg that was first, which may be this one.
   *
   * @param attempt for which the token was made
   * @return empty when that cannot be told within moments, because somebody waits
   */
  Optional<String> firstLeg(String attempt, String legSid);
}
