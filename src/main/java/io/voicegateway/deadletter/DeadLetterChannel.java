package io.voicegateway.deadletter;

import org.jspecify.annotations.Nullable;

/** Where work goes that could not be done and that no route was doing. */
@FunctionalInterface
public interface DeadLetterChannel {

  /** The call's id, as a property of an exchange that holds no hook of the call. */
  String CALL_SID = "callSid";

  /** Keeps it as a dead letter, on the way that the routes give it; never fails. */
  void keep(Undone undone);

  /**
   * What could not be done.
   *
   * @param route what was at work, by the name that its letters are found under
   * @param step what it could not do
   * @param cause why, a sentence
   * @param callSid null when it is of several calls
   */
  record Undone(
      String route,
      String step,
      String cause,
      @Nullable String callSid,
      String contentType,
      String body) {}
}
