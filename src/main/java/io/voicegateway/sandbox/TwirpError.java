package io.voicegateway.sandbox;

import java.util.Map;

/** A refusal by the API, in the words of LiveKit. */
final class TwirpError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final TwirpCode code;
  private final transient Map<String, String> meta;

  TwirpError(TwirpCode code, String message, Map<String, String> meta) {
    super(message, null, false, false);
    this.code = code;
    this.meta = meta;
  }

  static TwirpError of(TwirpCode code, String message) {
    return new TwirpError(code, message, Map.of());
  }

  static TwirpError invalid(String message) {
    return of(TwirpCode.INVALID_ARGUMENT, message);
  }

  /** An error that came out of LiveKit's inner RPC: its message carries a fixed prefix. */
  static TwirpError inner(TwirpCode code, String message) {
    return of(code, innerMessage(message));
  }

  static String innerMessage(String message) {
    return "twirp error unknown: " + message;
  }

  static TwirpError noResponse() {
    return inner(TwirpCode.UNAVAILABLE, "no response from servers");
  }

  static TwirpError roomNotFound() {
    return inner(TwirpCode.NOT_FOUND, "requested room does not exist");
  }

  static TwirpError participantNotFound() {
    return inner(TwirpCode.NOT_FOUND, "participant does not exist");
  }

  TwirpCode code() {
    return code;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  Map<String, String> meta() {
    return meta;
  }
}
