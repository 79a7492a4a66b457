package io.voicegateway.call.record;

/** Knows the callers whose agent left in mid-call and whom nobody came to help. */
@FunctionalInterface
public interface LeftAlone {

  /**
   * Whether the call's room was ended because its caller was alone in it. Jambonz then tells of a
   * dial that completed, as after a good talk, and the caller still waits.
   */
  boolean wasLeftAlone(String callSid);
}
