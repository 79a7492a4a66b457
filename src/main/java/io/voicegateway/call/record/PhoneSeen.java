package io.voicegateway.call.record;

/** What LiveKit's webhooks told of the caller's phone; they are optional and may be lost. */
enum PhoneSeen {
  /** No webhook of the call came. */
  NOT_TOLD,
  /** Webhooks came, and none of the phone. */
  NEVER,
  /** It was in the room. */
  IN_ROOM
}
