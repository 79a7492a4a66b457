package io.voicegateway.setup;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a plan says of one thing in LiveKit or Jambonz. */
public enum Action {
  /** It is as the gateway needs it. */
  KEEP,
  /** It is missing. */
  CREATE,
  /** It is ours and has to change. */
  CHANGE,
  /** It goes, because it is one too many of ours or was named. */
  DELETE,
  /** Somebody has to decide or to do something by hand before the gateway can work. */
  CONFLICT,
  /** It is not ours and is left alone. */
  FOREIGN,
  /** It is told only, of something that nobody asked to be set up. */
  REMARK;

  /** Whether applying the plan does something about it. */
  public boolean isWork() {
    return this == CREATE || this == CHANGE || this == DELETE;
  }

  /** The name that users see. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
