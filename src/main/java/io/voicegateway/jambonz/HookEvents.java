package io.voicegateway.jambonz;

import io.voicegateway.call.Attempts;
import io.voicegateway.call.Call;
import io.voicegateway.call.NotAnswered;
import io.voicegateway.call.RingBack;
import io.voicegateway.call.Rung;
import io.voicegateway.call.TurnedAway;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvents;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells the call's record, and who has to know at once, what Jambonz's hooks say and what they were
 * answered with.
 */
@Component("hookEvents")
final class HookEvents {

  private static final Logger log = LoggerFactory.getLogger(HookEvents.class);

  private static final int OK = 200;

  /** How a caller's leg ends that was declined. */
  private static final Set<String> FAILED = Set.of("failed", "busy");

  private final CallEvents record;
  private final RingBacks ringBacks;
  private final Attempts attempts;
  private final Clock clock;

  HookEvents(CallEvents record, RingBacks ringBacks, Attempts attempts, Clock clock) {
    this.record = record;
    this.ringBacks = ringBacks;
    this.attempts = attempts;
    this.clock = clock;
  }

  /**
   * A call hook was answered with verbs; the rung stays in the exchange's property {@code given}.
   */
  void answered(@ExchangeProperty("call") Call call, @Body Answer answer, Exchange exchange) {
    exchange.setProperty("given", answer.rung());
    Instant now = clock.instant();
    long millis = exchange.getClock().elapsed();
    record.tell(CallEvent.Received.of(call, now.minusMillis(millis)));
    record.tell(new CallEvent.Answered(call.sid(), now, answer.rung(), answer.dials(), millis));
    attempts.answered(call, answer.dials());
  }

  /** The same, of a call that may not go to an agent now. */
  void turnedAway(
      @ExchangeProperty("turnedAway") TurnedAway away,
      @ExchangeProperty("call") Call call,
      @Body Answer answer,
      Exchange exchange) {
    record.tell(new CallEvent.TurnedAway(call.sid(), clock.instant(), away.reason()));
    answered(call, answer, exchange);
  }

  /**
   * A call hook or a dial's end could not be served; nothing is told of a call that is not known.
   */
  void fellBack(
      @ExchangeProperty("hook") @Nullable CallHook hook,
      @ExchangeProperty("call") @Nullable Call call,
      @ExchangeProperty("cause") @Nullable String cause,
      @ExchangeProperty("rung") @Nullable String rung,
      @Body Answer answer,
      Exchange exchange) {
    if (hook == null || call == null) {
      return;
    }
    if (hook.kind() == HookKind.DIAL_ENDED) {
      dialEnded(hook, rung, answer);
      return;
    }
    String why = cause == null ? "not known" : cause;
    record.tell(new CallEvent.NotRegistered(call.sid(), clock.instant(), why));
    answered(call, answer, exchange);
  }

  /** A leg changed its state. */
  void status(@Body CallHook hook) {
    String sid = hook.callSid();
    String parent = hook.parentCallSid();
    if (sid == null || hook.callStatus() == null || !hook.isOfCallersSide()) {
      return;
    }
    record.tell(
        new CallEvent.Leg(
            parent == null ? sid : parent,
            clock.instant(),
            sid,
            parent != null,
            hook.callStatus(),
            hook.sipCode(),
            hook.terminationBy(),
            hook.duration()));
    if (parent == null && hook.isLegOver()) {
      attempts.over(sid);
      if (FAILED.contains(hook.callStatus())) {
        failed(hook);
      }
    }
  }

  /**
   * A dial ended, or a talk in a conference with LiveKit's leg, and its hook was answered.
   *
   * @param rung what was dialled; null when the hook failed before that was read
   */
  void dialEnded(
      @ExchangeProperty("hook") CallHook hook,
      @ExchangeProperty("rung") @Nullable String rung,
      @Body Answer answer) {
    boolean rangBack = Rung.CALLBACK.equals(rung);
    if (hook.callSid() == null || (hook.dialCallStatus() == null && !rangBack)) {
      return;
    }
    record.tell(
        new CallEvent.DialEnded(
            hook.callSid(),
            clock.instant(),
            rung == null ? Rung.ROOM : rung,
            hook.dialCallSid(),
            hook.dialCallStatus() == null ? "completed" : hook.dialCallStatus(),
            rangBack ? OK : hook.dialSipCode(),
            hook.legStatus(),
            hook.terminationBy(),
            answer.rung(),
            answer.dials()));
    if (hook.isFailedDial()) {
      failed(hook);
    }
    if (!answer.dials()) {
      attempts.over(hook.callSid());
    }
  }

  /** Jambonz answered LiveKit's call. */
  void rangBack(@ExchangeProperty("ringBack") RingBack ringBack, Exchange exchange) {
    String sid = ringBack.call().sid();
    long millis = exchange.getClock().elapsed();
    log.info("call={} LiveKit rang back, answered after {} ms", sid, millis);
    record.tell(new CallEvent.RangBack(sid, clock.instant(), ringBack.attempt(), millis));
  }

  /**
   * LiveKit did not ring back: why not, as its API or Jambonz told.
   *
   * @param token of the leg that LiveKit was to call by, null when it did not make the room
   */
  void notRungBack(
      @ExchangeProperty("ringBack") RingBack ringBack,
      @ExchangeProperty("token") @Nullable String token,
      @ExchangeProperty("cause") String why,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
    String sid = ringBack.call().sid();
    if (token == null) {
      record.tell(new CallEvent.NotRegistered(sid, clock.instant(), why));
      return;
    }
    NotAnswered farEnd = failure instanceof NotAnswered called ? called : null;
    record.tell(
        new CallEvent.NotRungBack(
            sid,
            clock.instant(),
            ringBack.attempt(),
            farEnd == null ? 0 : farEnd.sip(),
            farEnd != null,
            why));
  }

  /** The caller was sent into the conference. */
  void joined(@ExchangeProperty("ringBack") RingBack ringBack) {
    record.tell(new CallEvent.Joined(ringBack.call().sid(), clock.instant(), ringBack.attempt()));
  }

  /** LiveKit's leg was let in. */
  void legArrived(@ExchangeProperty("errand") LegTokens.Errand errand) {
    record.tell(new CallEvent.LegArrived(errand.callSid(), clock.instant(), errand.attempt()));
  }

  /** A wait for a ring-back ended without one, and its hook was answered. */
  void ringBackFailed(
      @ExchangeProperty("hook") CallHook hook,
      @ExchangeProperty("ringBack") RingBack ringBack,
      @Body Answer answer) {
    waitEnded(hook, ringBack, answer);
    failed(hook);
    if (!answer.dials()) {
      attempts.over(ringBack.call().sid());
    }
  }

  /** The same of a caller who is dialled instead: nothing has failed. */
  void waitEnded(
      @ExchangeProperty("hook") CallHook hook,
      @ExchangeProperty("ringBack") RingBack ringBack,
      @Body Answer answer) {
    int sip = ringBacks.sipOf(ringBack);
    record.tell(
        new CallEvent.DialEnded(
            ringBack.call().sid(),
            clock.instant(),
            Rung.CALLBACK,
            ringBack.attempt(),
            sip == 0 ? "no-answer" : "failed",
            sip,
            hook.legStatus(),
            hook.terminationBy(),
            answer.rung(),
            answer.dials()));
  }

  /** Whoever hung up himself does not try again because of a failure. */
  private void failed(CallHook hook) {
    if (hook.callSid() != null && !"caller".equals(hook.terminationBy())) {
      attempts.failed(hook.callSid(), hook.from(), hook.to());
    }
  }

  /** An operator ended the call. */
  void hungUp(@Header("call_sid") String sid) {
    log.info("call={} an operator hung up", sid);
    record.tell(new CallEvent.HungUp(sid, clock.instant()));
  }
}
