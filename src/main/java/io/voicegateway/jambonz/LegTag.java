package io.voicegateway.jambonz;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a leg is tagged with: Jambonz sends it back as {@code customerData} with every later hook of
 * that leg, so that any instance knows whose it is.
 *
 * @param callSid the call to which the leg belongs
 * @param leg whose it is: {@link #CALLER}, {@link #LIVEKIT} and so on
 * @param attempt the ring-back's own name
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record LegTag(
    @JsonProperty("gateway_call") @Nullable String callSid,
    @JsonProperty("gateway_leg") @Nullable String leg,
    @JsonProperty("gateway_attempt") @Nullable String attempt) {

  /** The caller who waits for a ring-back. */
  static final String CALLER = "caller";

  /** The leg by which LiveKit rings back. */
  static final String LIVEKIT = "livekit";

  /** LiveKit's leg of a call that we place. */
  static final String PLACED = "placed";

  /** The leg of the person for whom that call is placed. */
  static final String PERSON = "person";

  /** A leg of an invitation: it ends nothing but itself. */
  static final String INVITED = "invited";

  boolean isPlaced() {
    return PLACED.equals(leg) && callSid != null;
  }

  boolean isPerson() {
    return PERSON.equals(leg) && callSid != null;
  }

  boolean isCaller() {
    return CALLER.equals(leg);
  }

  boolean isLiveKit() {
    return LIVEKIT.equals(leg) && callSid != null && attempt != null;
  }
}
