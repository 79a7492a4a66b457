package io.voicegateway.sandbox;

import java.util.Map;

/** What a token allows: its claims {@code video} and {@code sip} (livekit/pkg/service/auth.go). */
record Grants(Map<String, Object> video, Map<String, Object> sip) {
  static final Grants NONE = new Grants(Map.of(), Map.of());

  boolean roomCreate() {
    return is(video, "roomCreate");
  }

  boolean roomList() {
    return is(video, "roomList");
  }

  boolean roomAdmin(String room) {
    return is(video, "roomAdmin") && room.equals(video.getOrDefault("room", ""));
  }

  boolean sipAdmin() {
    return is(sip, "admin");
  }

  boolean sipCall() {
    return is(sip, "call");
  }

  private static boolean is(Map<String, Object> grants, String name) {
    return Boolean.TRUE.equals(grants.get(name));
  }
}
