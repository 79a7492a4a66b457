package io.voicegateway.call;

import java.util.List;
import java.util.Optional;

/** Where the outage switches are written down for all gateways, and for after a restart. */
public interface OutageBook {

  /** All that were ever thrown; empty when it cannot be read. */
  Optional<List<OutageSwitch>> read();

  /**
   * Writes one down, unless a later state of it stands there.
   *
   * @return false when it cannot be written
   */
  boolean write(OutageSwitch thrown);
}
