package io.voicegateway.console.web;

import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvent.Received;
import io.voicegateway.call.record.CallRecord;
import io.voicegateway.call.record.CallState;
import io.voicegateway.call.record.Cause;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One call, as its page shows it.
 *
 * @param plan the number plan's entry that decided, masked
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
    String plan,
    String agentSetBy,
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
    @Nullable Cause cause = Cause.of(call.causeCode()).orElse(null);
    boolean isFault =
        (cause == null || !cause.isOrdered())
            && (call.state() == CallState.FAILED || (cause != null && cause.isFault()));
    List<Step> steps =
        Steps.of(events, call.startedAt(), cause != null && FOUND_BY_A_LOOK.contains(cause));
    return new CallView(
        CallLine.of(full, now),
        call.room(),
        call.from(),
        call.to(),
        whole,
        call.direction(),
        said(events, Received::plan),
        said(events, Received::agentSetBy),
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

  /** Empty in events of earlier versions. */
  private static String said(
      Collection<CallEvent> events, Function<Received, @Nullable String> what) {
    return events.stream()
        .filter(Received.class::isInstance)
        .map(event -> Objects.requireNonNullElse(what.apply((Received) event), ""))
        .findFirst()
        .orElse("");
  }

  private static String time(@Nullable Long ms) {
    return ms == null ? "" : Times.since(ms);
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
