package io.voicegateway.call;

/** A failure after which LiveKit may have done, or may still do, what it was asked for. */
public interface PerhapsDone {}
