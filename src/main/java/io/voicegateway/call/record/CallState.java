package io.voicegateway.call.record;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a call has come. */
public enum CallState {
  /** Jambonz asked what to do with it. */
  RECEIVED,
  /** Its room is there and its agent was asked to come. */
  REGISTERED,
  /** Jambonz was told to dial, and the other side has not rung yet. */
  DIALLING,
  /** The other side rings. */
  RINGING,
  /** The caller was connected. */
  TALKING,
  /** It is over and there was a talk. */
  ENDED,
  /** It is over and nobody ever talked to the caller. */
  FAILED;

  /** Whether nothing more can come of the call. */
  public boolean isOver() {
    return this == ENDED || this == FAILED;
  }

  /** The name that users see. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
