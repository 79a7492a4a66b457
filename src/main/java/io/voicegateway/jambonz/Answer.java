package io.voicegateway.jambonz;

import com.fasterxml.jackson.annotation.JsonValue;
import io.voicegateway.call.RingBack;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Jambonz is answered; as JSON just the verbs.
 *
 * @param rung the label of what the caller gets, for the call's record; empty for nothing
 * @param ringBack what LiveKit has to be asked for besides, null for nothing
 */
record Answer(String rung, List<Verb> verbs, @Nullable RingBack ringBack) {

  /** The caller needs nothing more. */
  static final Answer NOTHING = new Answer("", List.of());

  Answer(String rung, List<Verb> verbs) {
    this(rung, verbs, null);
  }

  @JsonValue
  @Override
  public List<Verb> verbs() {
    return verbs;
  }

  /** Whether it brings the caller to somebody. */
  boolean dials() {
    return ringBack != null || verbs.stream().anyMatch(verb -> verb.verb().equals("dial"));
  }
}
