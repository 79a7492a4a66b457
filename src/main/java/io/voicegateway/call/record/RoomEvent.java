package io.voicegateway.call.record;

/** What LiveKit's webhooks tell of a call's room. */
public enum RoomEvent {
  PHONE_JOINED("the phone is in the room"),
  PHONE_LEFT("the phone left the room"),
  AGENT_JOINED("the agent is in the room"),
  AGENT_HEARD("the agent can be heard"),
  AGENT_LEFT("the agent left the room"),
  ROOM_ENDED("the room ended");

  private final String words;

  RoomEvent(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
