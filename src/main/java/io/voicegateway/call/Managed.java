package io.voicegateway.call;

/**
 * A part of the gateway that operators see and use in JMX, as Spring's annotations on it say; it
 * must be public for that.
 */
public interface Managed {}
