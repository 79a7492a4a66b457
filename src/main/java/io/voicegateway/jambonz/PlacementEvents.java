package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.NotAnswered;
import io.voicegateway.call.Placement;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvents;
import io.voicegateway.jambonz.LegTokens.Errand;
import java.time.Clock;
import java.time.Instant;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells the call's record of persons whom LiveKit calls. */
@Component("placementEvents")
final class PlacementEvents {

  private final CallEvents record;
  private final Clock clock;

  PlacementEvents(CallEvents record, Clock clock) {
    this.record = record;
    this.clock = clock;
  }

  /** A call was ordered. */
  void ordered(@ExchangeProperty("call") Call call) {
    record.tell(CallEvent.Received.of(call, clock.instant()));
  }

  /** LiveKit is about to be asked. */
  void asked(@ExchangeProperty("placement") Placement placement) {
    record.tell(
        placement.kind() == Placement.Kind.CALL
            ? new CallEvent.Placed(placement.call().sid(), clock.instant(), placement.label())
            : new CallEvent.Invited(
                placement.call().sid(), clock.instant(), placement.attempt(), placement.label()));
  }

  /** The person answered. */
  void answered(@ExchangeProperty("placement") Placement placement, Exchange exchange) {
    if (placement.kind() == Placement.Kind.CALL) {
      long millis = exchange.getClock().elapsed();
      record.tell(new CallEvent.PersonAnswered(placement.call().sid(), clock.instant(), millis));
    }
  }

  /** LiveKit did not call, or nobody answered. */
  void failed(
      @ExchangeProperty("call") Call call,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception why) {
    int sip = why instanceof NotAnswered farEnd ? farEnd.sip() : 0;
    record.tell(
        new CallEvent.NotPlaced(
            call.sid(), clock.instant(), sip, String.valueOf(why.getMessage())));
  }

  /** The dial to the person ended. */
  void dialEnded(
      @ExchangeProperty("hook") CallHook hook, @ExchangeProperty("errand") Errand errand) {
    LegTokens.Person person = errand.person();
    if (person == null || person.kind() != Placement.Kind.CALL) {
      return;
    }
    record.tell(
        new CallEvent.DialEnded(
            errand.callSid(),
            clock.instant(),
            LegTag.PERSON,
            hook.dialCallSid(),
            String.valueOf(hook.dialCallStatus()),
            hook.dialSipCode(),
            hook.legStatus(),
            hook.terminationBy(),
            "",
            false));
  }

  /**
   * A leg of a placed call changed its state: LiveKit's, or the person's.
   *
   * @param heardAt when we heard of it, null for now
   */
  void status(@Body CallHook hook, @ExchangeProperty("heardAt") @Nullable Instant heardAt) {
    LegTag tag = hook.tag();
    if (tag == null
        || hook.callStatus() == null
        || hook.callSid() == null
        || hook.dialCallStatus() != null
        || !(tag.isPlaced() || tag.isPerson())) {
      return;
    }
    record.tell(
        new CallEvent.Leg(
            String.valueOf(tag.callSid()),
            heardAt == null ? clock.instant() : heardAt,
            hook.callSid(),
            tag.isPerson(),
            hook.callStatus(),
            hook.sipCode(),
            hook.terminationBy(),
            hook.duration()));
  }
}
