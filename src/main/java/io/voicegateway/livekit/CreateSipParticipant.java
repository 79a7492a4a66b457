package io.voicegateway.livekit;

import io.voicegateway.livekit.api.LiveKit;
import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.LiveKits;
import java.time.Duration;
import livekit.LivekitSip.CreateSIPParticipantRequest;
import livekit.LivekitSip.SIPParticipantInfo;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes LiveKit place a call from a room: a new participant joins it and an INVITE goes out through
 * an outbound trunk. No inbound call is ever matched to that participant.
 */
@Component("createSipParticipant")
final class CreateSipParticipant implements Processor {

  private static final Logger log = LoggerFactory.getLogger(CreateSipParticipant.class);

  private static final String METHOD = "CreateSIPParticipant";

  /** LiveKit's own limit for ringing when the request names none (sip, participant.go). */
  private static final Duration LONGEST_RINGING = Duration.ofMinutes(3);

  private static final Duration BEYOND_RINGING = Duration.ofSeconds(2);

  /** How soon LiveKit tells of a leg that got lost; the shortest ringing takes longer. */
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private final LiveKits livekits;

  CreateSipParticipant(LiveKits livekits) {
    this.livekits = livekits;
  }

  /**
   * What a LiveKit is asked for.
   *
   * @param project whose LiveKit
   */
  record Order(String project, CreateSIPParticipantRequest request) {
    boolean isRingBack() {
      return request.getParticipantIdentity().equals(ParticipantRequests.CALLER);
    }
  }

  /**
   * Turns an {@link Order} into LiveKit's {@link SIPParticipantInfo}. Unless the request waits for
   * the answer, success says only that LiveKit is about to dial.
   *
   * @throws LiveKitFailure when LiveKit refused, or the far end did while we waited, or as many
   *     callers of the project wait to be rung back as may
   */
  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    Order order = exchange.getMessage().getMandatoryBody(Order.class);
    LiveKit livekit = livekits.of(order.project());
    exchange
        .getMessage()
        .setBody(
            order.isRingBack()
                ? livekit.ringBacks().within(METHOD, () -> rungBack(livekit, order.request()))
                : placed(livekit, order.request()));
  }

  /**
   * Asks once more when the first INVITE came to nothing at once: livekit-sip 1.11.0 by TCP loses
   * some challenges that come quickly. Should both legs come, their token lets in one.
   */
  private static SIPParticipantInfo rungBack(LiveKit livekit, CreateSIPParticipantRequest request) {
    long asked = System.nanoTime();
    try {
      return placed(livekit, request);
    } catch (LiveKitFailure.FarEnd lost) {
      if (lost.sip() != 0 || System.nanoTime() - asked > AT_ONCE.toNanos()) {
        throw lost;
      }
      log.info("LiveKit's leg into {} got lost, once more", request.getRoomName());
      return placed(livekit, request);
    }
  }

  private static SIPParticipantInfo placed(LiveKit livekit, CreateSIPParticipantRequest request) {
    var call = livekit.api().sip().createSipParticipant(request, livekit.tokens().sipCall());
    return request.getWaitUntilAnswered()
        ? livekit.api().execute(METHOD, call, patience(request))
        : livekit.api().execute(METHOD, call);
  }

  private static Duration patience(CreateSIPParticipantRequest request) {
    Duration ringing =
        request.hasRingingTimeout()
            ? Duration.ofSeconds(request.getRingingTimeout().getSeconds())
            : LONGEST_RINGING;
    return ringing.plus(BEYOND_RINGING);
  }
}
