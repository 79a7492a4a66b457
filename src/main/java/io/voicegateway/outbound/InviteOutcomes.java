package io.voicegateway.outbound;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.voicegateway.call.Newest;
import io.voicegateway.call.NotAnswered;
import io.voicegateway.call.Placement;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallEvents;
import io.voicegateway.call.record.Invitations;
import java.time.Clock;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells, in words, what became of persons who were called into a talk. */
@Component("inviteOutcomes")
final class InviteOutcomes {

  private static final Logger log = LoggerFactory.getLogger(InviteOutcomes.class);
  private static final int REMEMBERED = 10_000;
  private static final int OK = 200;

  private final CallEvents record;
  private final Invitations invitations;
  private final Clock clock;
  private final Set<String> invitedTo = Newest.of(REMEMBERED);

  InviteOutcomes(CallEvents record, Invitations invitations, Clock clock) {
    this.record = record;
    this.invitations = invitations;
    this.clock = clock;
  }

  /**
   * What became of an invitation.
   *
   * @param result answered, busy, no_answer, refused or failed
   * @param participant the person's identity in the room, missing when he is not there
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Outcome(
      @JsonProperty("call_sid") String callSid,
      String result,
      String words,
      @JsonProperty("sip_status") @Nullable Integer sip,
      @Nullable String participant) {}

  /**
   * The room ends with its call from now on: the record tells the other gateways a little later.
   */
  void begin(@ExchangeProperty("placement") Placement placement) {
    invitedTo.add(placement.call().sid());
  }

  /** Whether somebody was invited to a call that is over, and may be left in its room. */
  boolean isLeftBehind(@Header("call_sid") String overCallSid) {
    return invitedTo.contains(overCallSid) || invitations.haveBeenTo(overCallSid);
  }

  /** The person is in the room. */
  Outcome answered(@ExchangeProperty("placement") Placement placement) {
    return told(placement, "answered", "The person answered and is in the room.", OK);
  }

  /** The person did not come. */
  Outcome failed(
      @ExchangeProperty("placement") Placement placement,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception why) {
    if (!(why instanceof NotAnswered farEnd)) {
      log.warn("call={} invitation failed: {}", placement.call().sid(), why.getMessage());
      return told(placement, "failed", "LiveKit did not place the call. " + why.getMessage(), 0);
    }
    int sip = farEnd.sip();
    return switch (sip) {
      case 486, 600 -> told(placement, "busy", "The person is busy.", sip);
      case 0, 408, 480, 487 -> told(placement, "no_answer", "The person did not answer.", sip);
      case 404, 410, 484, 604 -> told(placement, "refused", "The number is not known.", sip);
      default -> told(placement, "refused", "The call was refused with " + sip + ".", sip);
    };
  }

  private Outcome told(Placement placement, String result, String words, int sip) {
    record.tell(
        new CallEvent.InviteEnded(
            placement.call().sid(),
            clock.instant(),
            placement.attempt(),
            placement.label(),
            result,
            sip));
    return new Outcome(
        placement.call().sid(),
        result,
        words,
        sip == 0 ? null : sip,
        result.equals("answered") ? placement.identity() : null);
  }
}
