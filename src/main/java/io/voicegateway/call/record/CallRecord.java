package io.voicegateway.call.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.voicegateway.call.Mask;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a call, as it is shown to people and programs.
 *
 * @param project in whose LiveKit it is, or was last; null where there is one only
 * @param connect how the caller is brought into the room: dial
 * @param cause why it ended as it did, or why the agent was not reached, whoever talked to the
 *     caller then: a sentence; null while it goes on
 * @param causeCode the cause's stable name
 * @param advice what to do about it, empty if nothing
 * @param endedBy who ended the call: caller, agent, person, operator, livekit, gateway, or unknown
 * @param sipStatus how the dial to the agent ended, null when none is known
 * @param rungs what was tried, in order: room or number, then the ladder's rungs
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CallRecord(
    String callSid,
    String room,
    String direction,
    String from,
    String to,
    @Nullable String project,
    String agent,
    String connect,
    CallState state,
    @Nullable String cause,
    @Nullable String causeCode,
    @Nullable String advice,
    @Nullable String endedBy,
    @Nullable Integer sipStatus,
    List<String> rungs,
    Instant startedAt,
    @Nullable Instant endedAt,
    Durations durations,
    @Nullable List<Moment> timeline) {

  /** How long things took, in ms; null for what did not happen or is not known. */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Durations(
      @Nullable Long webhookMs,
      @Nullable Long registrationMs,
      @Nullable Long ringMs,
      @Nullable Long talkMs) {}

  /**
   * A line of the timeline.
   *
   * @param ms since the call began
   */
  public record Moment(Instant at, long ms, String event, String detail) {}

  /**
   * What the events say together, in whatever order they came.
   *
   * @param events at least one, all of the same call
   */
  public static CallRecord of(Collection<? extends CallEvent> events) {
    return PlacedLife.isOne(events)
        ? new PlacedLife(events).record()
        : new CallLife(events).record();
  }

  /** The same with both numbers masked, as everybody but the operator sees it. */
  public CallRecord masked() {
    return withParties(Mask.tail(from), Mask.tail(to));
  }

  /** The same without its timeline, for lists. */
  public CallRecord withoutTimeline() {
    return new CallRecord(
        callSid, room, direction, from, to, project, agent, connect, state, cause, causeCode,
        advice, endedBy, sipStatus, rungs, startedAt, endedAt, durations, null);
  }

  private CallRecord withParties(String caller, String called) {
    return new CallRecord(
        callSid, room, direction, caller, called, project, agent, connect, state, cause, causeCode,
        advice, endedBy, sipStatus, rungs, startedAt, endedAt, durations, timeline);
  }
}
