package io.voicegateway.call.record;

/** Whoever writes down what is heard of calls. */
public interface CallEvents {

  /** Takes note of an event; never waits and never fails, because a caller may be waiting. */
  void tell(CallEvent event);
}
