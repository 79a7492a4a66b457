package io.voicegateway.call.record;

/** Knows to which calls somebody was invited, by whichever gateway. */
@FunctionalInterface
public interface Invitations {

  /** Whether somebody was invited to the call; false also while that cannot be told. */
  boolean haveBeenTo(String callSid);
}
