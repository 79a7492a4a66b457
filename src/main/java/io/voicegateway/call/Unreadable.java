package io.voicegateway.call;

/** A failure by which what came cannot be understood, neither now nor later. */
public interface Unreadable {}
