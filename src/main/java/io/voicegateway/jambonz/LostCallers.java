package io.voicegateway.jambonz;

import io.voicegateway.call.RingBack;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallHistory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Callers who left while they waited to be rung back and of whom no hook told. Jambonz asks for
 * each of them every {@value Cadence#SLICE_MS} ms as long as he is there. Where several gateways
 * answer, one that is not asked any more knows only that his patience is over, and the record they
 * share tells whether another one joined him or sent him on. Without such a record nobody is given
 * up where others answer, or whom one that is not known yet may have joined: a talk is worth more
 * than a room that is left behind.
 */
@Component("lostCallers")
final class LostCallers {

  private static final Logger log = LoggerFactory.getLogger(LostCallers.class);

  private final RingBacks ringBacks;
  private final CallHistory history;
  private final Duration silence;
  private final Clock clock;

  /**
   * @param silence how long nobody asked for a caller who is gone
   */
  LostCallers(
      RingBacks ringBacks,
      CallHistory history,
      @Value("${gateway.rooms.stopped-asking}") Duration silence,
      Clock clock) {
    this.ringBacks = ringBacks;
    this.history = history;
    this.silence = silence;
    this.clock = clock;
  }

  /** The ring-backs of those who are gone; each once. */
  List<RingBack> find() {
    Instant then = clock.instant().minus(silence);
    List<RingBack> gone =
        ringBacks.silentSince(then).stream()
            .filter(ringBack -> !mayAskElsewhere(ringBack, then))
            .filter(this::isCertain)
            .toList();
    for (RingBack ringBack : gone) {
      log.info("call={} its caller stopped asking and is gone", ringBack.call().sid());
      ringBacks.gone(ringBack);
    }
    return gone;
  }

  private boolean mayAskElsewhere(RingBack ringBack, Instant then) {
    return history.isShared()
        ? ringBack.since().plus(ringBack.patience()).isAfter(then)
        : ringBacks.doOthersAnswer() || ringBacks.isLegThere(ringBack);
  }

  private boolean isCertain(RingBack ringBack) {
    return history.isUnheardOf(
        ringBack.call().sid(),
        List.of(
            CallEvent.Joined.key(ringBack.attempt()), CallEvent.DialEnded.key(ringBack.attempt())));
  }
}
