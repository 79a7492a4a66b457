package io.voicegateway.call;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a ring-back has come. */
public enum Progress {
  /** LiveKit has not called yet, or its agent cannot be heard yet. */
  WAITING,
  /** The agent can be heard in the room, and LiveKit's leg is there. */
  READY,
  /** It will not come any more. */
  FAILED,
  /** LiveKit was not asked, because of its API's rate: no leg of it is on its way. */
  HELD_BACK,
  /** This gateway was not told; LiveKit knows. */
  UNKNOWN;

  /** The word that stands in routes. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
