package io.voicegateway.livekit;

import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallHistory;
import io.voicegateway.call.record.LeftAlone;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Remembers for a minute whose room was ended for want of an agent, here or by another gateway. */
@Component
final class LeftAloneCalls implements LeftAlone {

  /** Jambonz tells of the dial's end within seconds. */
  private static final Duration TOLD_SOON = Duration.ofMinutes(1);

  private final Map<String, Instant> here = new ConcurrentHashMap<>();
  private final CallHistory history;
  private final Clock clock;

  LeftAloneCalls(CallHistory history, Clock clock) {
    this.history = history;
    this.clock = clock;
  }

  void add(String sid) {
    Instant now = clock.instant();
    here.values().removeIf(since -> since.isBefore(now.minus(TOLD_SOON)));
    here.put(sid, now);
  }

  @Override
  public boolean wasLeftAlone(String sid) {
    return here.containsKey(sid)
        || history.heardOf(sid, CallEvent.LeftAlone.KEY, clock.instant().minus(TOLD_SOON));
  }
}
