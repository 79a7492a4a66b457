package io.voicegateway.call.record;

import java.util.Collection;
import java.util.Set;

/** Knows which calls are over, for whoever clears away what is left of them. */
@FunctionalInterface
public interface EndedCalls {

  /**
   * Those that are known to be over. One of which nothing is known may go on, and so may all of
   * them while the record cannot be asked.
   */
  Set<String> over(Collection<String> callSids);
}
