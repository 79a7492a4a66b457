package io.voicegateway.jambonz;

/** A hook that is not proved to come from our Jambonz. */
public final class UntrustedHook extends RuntimeException {
  UntrustedHook(String reason) {
    super(reason, null, false, false);
  }
}
