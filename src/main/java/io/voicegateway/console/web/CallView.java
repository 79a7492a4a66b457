package io.voicegateway.console.web;

import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallRecord;
import io.voicegateway.call.record.CallState;
import io.voicegateway.call.record.Cause;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One call, as its page shows it.
 *
 * @param isFault whether its cause asks for something to be done
 * @param told what the drawing shows, in words
 */
record CallView(
    CallLine line,
    String room,
    String from,
    String to,
    boolean whole,
    String direction,
    String rungs,
    String endedBy,
    String sipStatus,
    String registration,
    String ringing,
    boolean isFault,
    List<Step> steps,
    Drawing drawing,
    String told) {

  /** Causes that only a look at LiveKit tells; that of a dial with another one tells nothing. */
  private static final Set<Cause> FOUND_BY_A_LOOK =
      Set.of(Cause.NO_WORKER, Cause.AGENT_MISSING, Cause.AGENT_SILENT, Cause.ROOM_MISSING);

  /**
   * @param whole whether both numbers are shown in full
   */
  static CallView of(Collection<CallEvent> events, boolean whole, Instant now) {
    CallRecord full = CallRecord.of(events);
    CallRecord call = whole ? full : full.masked();
    @Nullable Cause cause = cause(call);
    boolean isFault = call.state() == CallState.FAILED || (cause != null && cause.isFault());
    List<Step> steps =
        Steps.of(events, call.startedAt(), cause != null && FOUND_BY_A_LOOK.contains(cause));
    return new CallView(
        CallLine.of(full, now),
        call.room(),
        call.from(),
        call.to(),
        whole,
        call.direction(),
        String.join(", then ", call.rungs()),
        Objects.requireNonNullElse(call.endedBy(), ""),
        call.sipStatus() == null ? "" : call.sipStatus().toString(),
        time(call.durations().registrationMs()),
        time(call.durations().ringMs()),
        isFault,
        steps,
        Drawing.of(
            steps,
            isFault ? culprit(steps) : -1,
            Objects.requireNonNullElse(call.cause(), ""),
            Objects.requireNonNullElse(call.advice(), "")),
        Drawing.told(steps));
  }

  private static String time(@Nullable Long ms) {
    return ms == null ? "" : Times.since(ms);
  }

  private static @Nullable Cause cause(CallRecord call) {
    return Arrays.stream(Cause.values())
        .filter(cause -> cause.code().equals(call.causeCode()))
        .findFirst()
        .orElse(null);
  }

  /** The last thing at LiveKit that failed, else the last that failed at all, else the end. */
  private static int culprit(List<Step> steps) {
    int last = steps.size() - 1;
    return IntStream.rangeClosed(0, last)
        .filter(row -> steps.get(row).failed())
        .boxed()
        .max(
            Comparator.comparing((Integer row) -> isAtLiveKit(steps.get(row)))
                .thenComparing(row -> row))
        .orElse(last);
  }

  private static boolean isAtLiveKit(Step step) {
    return step.from() == Place.LIVEKIT || step.to() == Place.LIVEKIT;
  }
}
