package io.voicegateway.call.record;

import io.voicegateway.call.record.CallRecord.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was heard of a call, line by line. */
public final class Timeline {

  private Timeline() {}

  /** Each event once, in the order in which they were heard. */
  public static List<CallEvent> once(Collection<? extends CallEvent> heard) {
    Map<String, CallEvent> once = new LinkedHashMap<>();
    heard.stream()
        .sorted(Comparator.comparing(CallEvent::at))
        .forEach(event -> once.putIfAbsent(event.key(), event));
    return List.copyOf(once.values());
  }

  /** In ms, null when one of the two is not known. */
  static @Nullable Long between(Optional<Instant> from, Optional<Instant> to) {
    return from.isEmpty() || to.isEmpty() ? null : Long.valueOf(millis(from.get(), to.get()));
  }

  /** Never negative, as the clock may have been set back between the two. */
  public static long millis(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis());
  }

  static List<Moment> of(List<CallEvent> events, Instant start) {
    return events.stream()
        .map(
            event -> new Moment(event.at(), millis(start, event.at()), event.name(), event.words()))
        .toList();
  }
}
