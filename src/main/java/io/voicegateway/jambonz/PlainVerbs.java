package io.voicegateway.jambonz;

import io.voicegateway.call.RareWarning;
import java.time.Clock;
import java.util.List;
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
  private static final double MOMENT = 0.1;
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 480;
  private static final int REQUEST_TERMINATED = 487;

  private final RareWarning refusals;
  private final RareWarning misdirections;

  PlainVerbs(Clock clock) {
    this.refusals = new RareWarning(clock);
    this.misdirections = new RareWarning(clock);
  }

  /**
   * To a stranger: declined in the answer. An HTTP error would become a 480 that carriers and
   * Jambonz try again.
   */
  List<Verb> decline(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
    warn(reason);
    return Verb.declined(FORBIDDEN);
  }

  /** Says that a stranger was refused, at most once a minute. */
  void warn(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
    if (refusals.isDue()) {
      log.warn("Hook refused: {}. Others in the same minute are only counted", reason.getMessage());
    }
  }

  /** To LiveKit's leg when its caller left in the meantime: it would wait for ever. */
  List<Verb> tooLate() {
    return Verb.declined(REQUEST_TERMINATED);
  }

  /** To LiveKit's leg when something of ours failed: LiveKit tells, and the caller gets a rung. */
  List<Verb> unavailable() {
    return Verb.declined(UNAVAILABLE);
  }

  /** To an event that belongs to another hook: a moment's pause, which disturbs no call. */
  List<Verb> pause(@Body CallHook hook) {
    if (misdirections.isDue()) {
      log.warn(
          "call={} Jambonz posted {} to the call hook, where only new calls belong. In Jambonz's"
              + " portal open the application and set 'Call status webhook' to the same address"
              + " with /livekit-api/status; no call was started",
          hook.callSid(),
          hook.kind().words());
    }
    return List.of(new Verb.Pause(MOMENT));
  }
}
