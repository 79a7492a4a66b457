package io.voicegateway.jambonz;

/** A hook that came from Jambonz but cannot be understood. */
public final class UnreadableHook extends RuntimeException {
  UnreadableHook(String reason) {
    super(reason, null, false, false);
  }
}
