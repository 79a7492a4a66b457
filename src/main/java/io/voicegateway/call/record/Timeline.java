package io.voicegateway.call.record;

import io.voicegateway.call.record.CallRecord.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What was heard of a call, line by line. */
final class Timeline {

  private Timeline() {}

  static List<Moment> of(List<CallEvent> events, Instant start) {
    return events.stream()
        .map(
            event ->
                new Moment(
                    event.at(),
                    Duration.between(start, event.at()).toMillis(),
                    event.name(),
                    event.words()))
        .toList();
  }
}
