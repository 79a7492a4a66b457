package io.voicegateway.console.web;

/** Who takes part in a call, from left to right. */
enum Place {
  CALLER("Caller"),
  JAMBONZ("Jambonz"),
  GATEWAY("Gateway"),
  LIVEKIT("LiveKit"),
  AGENT("Agent"),
  /** Somebody the caller was put through to instead. */
  PERSON("Person");

  private final String label;

  Place(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
