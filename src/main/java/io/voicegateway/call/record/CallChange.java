package io.voicegateway.call.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call came into another state, as other programs are told. The same change has the same id
 * however often it is told.
 *
 * @param oldState null for a call that was not known before
 * @param at when it was found out; what happened when stands in the call
 * @param call the call, both numbers in full
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CallChange(
    String id, @Nullable CallState oldState, CallState newState, Instant at, CallRecord call) {

  /** The form of this JSON; a field that is added does not change it. */
  @JsonProperty
  public int version() {
    return 1;
  }

  /** The change to a call's present state. */
  public static CallChange of(@Nullable CallState before, CallRecord call, Instant at) {
    return new CallChange(
        call.callSid() + ":" + call.state().word(), before, call.state(), at, call);
  }
}
