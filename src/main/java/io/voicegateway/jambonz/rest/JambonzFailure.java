package io.voicegateway.jambonz.rest;

/** Jambonz's REST API did not do what it was asked. Its message is fit for logs. */
public final class JambonzFailure extends RuntimeException {
  JambonzFailure(String message) {
    super(message, null, false, false);
  }
}
