package io.voicegateway.call.record;

/** Whoever wants to know when a call's state changes. */
public interface CallChanges {

  /** A call came into another state; told after it was written down, and never waits. */
  void changed(CallChange change);
}
