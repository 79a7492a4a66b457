package io.voicegateway.livekit;

import io.voicegateway.call.PerhapsDone;

/** LiveKit made a call's room when nobody waited for it any more: its caller was sent elsewhere. */
final class LateRegistration extends RuntimeException implements PerhapsDone {

  LateRegistration() {
    super("LiveKit CreateRoom: the answer came too late", null, false, false);
  }
}
