package io.voicegateway.call;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a caller is brought into his room at LiveKit. */
public enum Connect {
  /** Jambonz dials LiveKit, whose dispatch rule maps the address to the room. */
  DIAL,
  /** LiveKit rings back into Jambonz, which joins that leg to the caller. */
  CALLBACK;

  /**
   * Reads the word of the number plan.
   *
   * @throws IllegalArgumentException with a sentence that names both words
   */
  static Connect parse(String word) {
    for (Connect connect : values()) {
      if (connect.toString().equals(word.strip().toLowerCase(Locale.ROOT))) {
        return connect;
      }
    }
    throw new IllegalArgumentException("must be dial or callback");
  }

  /** The word that users see. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
