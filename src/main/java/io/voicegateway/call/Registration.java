package io.voicegateway.call;

/**
 * A call that LiveKit knows: its room exists and its agent was asked to come.
 *
 * @param roomSid LiveKit's id of the room
 */
public record Registration(Call call, String roomSid) {}
