package io.voicegateway.jambonz.rest;

/** Jambonz's REST API did not do what it was asked. Its message is fit for logs. */
public sealed class JambonzFailure extends RuntimeException {
  JambonzFailure(String message) {
    super(message, null, false, false);
  }

  /** It works, but would not do this: a name is taken, or a value is none of its form. */
  public static final class Refused extends JambonzFailure {
    Refused(String message) {
      super(message);
    }
  }
}
