package io.voicegateway.admission;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.voicegateway.call.Attempts;
import io.voicegateway.call.Call;
import io.voicegateway.call.Call.Direction;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.Limits;
import io.voicegateway.call.NumberFormat;
import io.voicegateway.call.TurnedAway;
import io.voicegateway.call.TurnedAway.Reason;
import java.time.Clock;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Decides whether a call may go to an agent, from what is in memory: its caller waits. */
@Component("admission")
final class Admission implements Attempts {

  private static final Logger log = LoggerFactory.getLogger(Admission.class);

  private final AdmissionSettings settings;
  private final Outages outages;
  private final Storms storms;
  private final Seats seats;
  private final MeterRegistry meters;
  private final Clock clock;

  Admission(
      AdmissionSettings settings,
      Outages outages,
      Storms storms,
      Seats seats,
      MeterRegistry meters,
      Clock clock) {
    this.settings = settings;
    this.outages = outages;
    this.storms = storms;
    this.seats = seats;
    this.meters = meters;
    this.clock = clock;
  }

  /** Why a call may not go to an agent, and what it gets instead; null when it may. */
  @Nullable TurnedAway decide(@ExchangeProperty("call") Call call) {
    Reason reason = reason(call);
    if (reason == null) {
      return null;
    }
    log.info("call={} turned away: {}", call.sid(), reason.words());
    Counter.builder("gateway.turned.away")
        .description("calls that were not sent to an agent")
        .tag("reason", reason.code())
        .register(meters)
        .increment();
    Ladder closed = call.plan().limits().closed();
    return new TurnedAway(
        reason,
        reason == Reason.CLOSED && closed != null ? closed : call.plan().fallback(),
        reason == Reason.OUTAGE && !outages.isOn(call.ownNumber().number()));
  }

  /**
   * Whom we called is on the line already: the limits are for those who call us. A project that is
   * switched off comes last, because another one may take the call, under the same limits.
   */
  private @Nullable Reason reason(Call call) {
    if (!settings.limits() || call.direction() == Direction.OUTBOUND) {
      return null;
    }
    Limits limits = call.plan().limits();
    if (outages.isOn(call.ownNumber().number())) {
      return Reason.OUTAGE;
    }
    if (!limits.isOpen(clock.instant())) {
      return Reason.CLOSED;
    }
    if (!Share.includes(call)) {
      return Reason.SHARE;
    }
    if (settings.storms() && storms.catches(call)) {
      return Reason.STORM;
    }
    Reason full = seats.take(call);
    return full == null && outages.isProjectOff(call.project()) ? Reason.OUTAGE : full;
  }

  @Override
  public void answered(Call call, boolean dials) {
    storms.answered(call);
    if (!dials) {
      storms.failed(call.sid(), call.from(), call.to());
      seats.leave(call.sid());
    }
  }

  @Override
  public void failed(String callSid, @Nullable String from, @Nullable String to) {
    storms.failed(callSid, NumberFormat.party(from, null), NumberFormat.party(to, null));
  }

  @Override
  public void over(String callSid) {
    seats.leave(callSid);
  }
}
