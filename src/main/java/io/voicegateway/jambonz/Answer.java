package io.voicegateway.jambonz;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * What Jambonz is answered; as JSON just the verbs.
 *
 * @param rung the label of what the caller gets, for the call's record; empty for nothing
 */
record Answer(String rung, List<Verb> verbs) {

  /** The caller needs nothing more. */
  static final Answer NOTHING = new Answer("", List.of());

  @JsonValue
  @Override
  public List<Verb> verbs() {
    return verbs;
  }

  boolean dials() {
    return verbs.stream().anyMatch(Verb.Dial.class::isInstance);
  }
}
