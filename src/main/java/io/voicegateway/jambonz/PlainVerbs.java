package io.voicegateway.jambonz;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes the answers to posts that are no call of ours. */
@Component("plainVerbs")
final class PlainVerbs {

  private static final Logger log = LoggerFactory.getLogger(PlainVerbs.class);
  private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);
  private static final double MOMENT = 0.1;
  private static final int FORBIDDEN = 403;

  private final Clock clock;
  private final AtomicReference<Instant> nextRefusal = new AtomicReference<>(Instant.MIN);
  private final AtomicReference<Instant> nextMisdirection = new AtomicReference<>(Instant.MIN);

  PlainVerbs(Clock clock) {
    this.clock = clock;
  }

  /**
   * To a stranger: declined in the answer. An HTTP error would become a 480 that carriers and
   * Jambonz try again.
   */
  List<Verb> decline(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
    if (mayWarn(nextRefusal)) {
      log.warn("Hook refused: {}. Others in the same minute are only counted", reason.getMessage());
    }
    return List.of(new Verb.Decline(FORBIDDEN), new Verb.Hangup());
  }

  /** To an event that belongs to another hook: a moment's pause, which disturbs no call. */
  List<Verb> pause(@Body CallHook hook) {
    if (mayWarn(nextMisdirection)) {
      log.warn(
          "call={} Jambonz posted {} to the call hook, where only new calls belong. In Jambonz's"
              + " portal open the application and set 'Call status webhook' to the same address"
              + " with /livekit-api/status; no call was started",
          hook.callSid(),
          hook.kind().words());
    }
    return List.of(new Verb.Pause(MOMENT));
  }

  private boolean mayWarn(AtomicReference<Instant> nextWarning) {
    Instant now = clock.instant();
    Instant next = nextWarning.get();
    return !now.isBefore(next) && nextWarning.compareAndSet(next, now.plus(BETWEEN_WARNINGS));
  }
}
