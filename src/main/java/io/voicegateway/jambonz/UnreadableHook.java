package io.voicegateway.jambonz;

import io.voicegateway.call.Unreadable;

/** A hook that came from Jambonz but cannot be understood. */
public final class UnreadableHook extends RuntimeException implements Unreadable {
  UnreadableHook(String reason) {
    super(reason, null, false, false);
  }
}
