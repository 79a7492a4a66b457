package io.voicegateway.call;

/**
 * A call that LiveKit knows: its room exists and its agent was asked to come.
 *
 * @param before whether the room was there before, so that another request may have made it
 */
public record Registration(Call call, boolean before) {}
