package io.voicegateway.call.record;

/** Tells whether a call's room is still there, for calls whose end nobody told. */
@FunctionalInterface
public interface LiveRooms {

  /**
   * Whether the room is there; also true when it cannot be told, so that no call is given up for
   * want of an answer.
   *
   * @param room the room's name, {@code call-…}
   */
  boolean isThere(String room);
}
