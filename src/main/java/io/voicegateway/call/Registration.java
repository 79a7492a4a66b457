package io.voicegateway.call;

/** A call that LiveKit knows: its room exists and its agent was asked to come. */
public record Registration(Call call) {}
