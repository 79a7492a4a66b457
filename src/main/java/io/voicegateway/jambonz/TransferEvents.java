package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.RefusedTransfer;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvents;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells the call's record of transfers. */
@Component("transferEvents")
final class TransferEvents {

  private static final Logger log = LoggerFactory.getLogger(TransferEvents.class);

  private final CallEvents record;
  private final Clock clock;

  TransferEvents(CallEvents record, Clock clock) {
    this.record = record;
    this.clock = clock;
  }

  /** Jambonz was answered with the verbs. */
  void begun(@ExchangeProperty("transfer") Transfer transfer) {
    record.tell(
        new CallEvent.TransferBegun(
            transfer.call().sid(),
            clock.instant(),
            transfer.target().label(),
            transfer.leg() == null ? "HTTP" : "REFER",
            transfer.leg()));
  }

  /** It is not done, and the talk with the agent goes on. */
  void refused(
      @ExchangeProperty("call") @Nullable Call call,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) RefusedTransfer refusal) {
    log.warn(
        "call={} transfer refused: {}", call == null ? "unknown" : call.sid(), refusal.sentence());
    if (call != null && !call.ownNumber().received().isEmpty()) {
      record.tell(
          new CallEvent.TransferRefused(
              call.sid(), clock.instant(), refusal.target(), refusal.sentence()));
    }
  }

  /** The caller's carrier answered to REFER. */
  void referred(
      @ExchangeProperty("hook") CallHook hook, @ExchangeProperty("rung") @Nullable String rung) {
    record.tell(
        new CallEvent.Referred(
            String.valueOf(hook.callSid()),
            clock.instant(),
            String.valueOf(rung),
            code(hook.referStatus()),
            code(hook.finalReferStatus())));
  }

  private static int code(@Nullable String digits) {
    return digits != null && digits.matches("\\d{3}") ? Integer.parseInt(digits) : 0;
  }
}
