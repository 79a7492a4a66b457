package io.voicegateway.livekit;

import com.google.protobuf.Duration;
import io.voicegateway.call.Call;
import io.voicegateway.call.Placement;
import io.voicegateway.call.RingBack;
import livekit.LivekitSip.CreateSIPParticipantRequest;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/** What LiveKit is asked to do when it shall call a person; the request waits for the answer. */
@Component("placementRequest")
final class PlacementRequest {

  /** Jambonz gives up first, so that LiveKit learns why. */
  private static final int AFTER_JAMBONZ = 3;

  private final OutboundSettings settings;
  private final AgentMetadata metadata;

  PlacementRequest(OutboundSettings settings, AgentMetadata metadata) {
    this.settings = settings;
    this.metadata = metadata;
  }

  /**
   * The request.
   *
   * @param token shown by LiveKit's leg to be let in
   */
  CreateSIPParticipantRequest of(
      @ExchangeProperty("placement") Placement placement, @ExchangeProperty("token") String token) {
    Call call = placement.call();
    return CreateSIPParticipantRequest.newBuilder()
        .setSipTrunkId(settings.trunk())
        .setSipCallTo(placement.user())
        .setRoomName(call.room())
        .setParticipantIdentity(placement.identity())
        .setParticipantName("Phone " + placement.target())
        .setParticipantMetadata(metadata.of(call))
        .putParticipantAttributes("gateway.call_sid", call.sid())
        .putParticipantAttributes("gateway.role", "person")
        .putParticipantAttributes("gateway.from", placement.callerId())
        .putParticipantAttributes("gateway.to", placement.target())
        .putParticipantAttributes("sip.phoneNumber", placement.target())
        .putParticipantAttributes("sip.trunkPhoneNumber", placement.callerId())
        .putHeaders(RingBack.HEADER, token)
        .setHidePhoneNumber(true)
        .setRingingTimeout(seconds(placement.ring().toSeconds() + AFTER_JAMBONZ))
        .setMaxCallDuration(seconds(call.plan().longestSeconds()))
        .setWaitUntilAnswered(true)
        .build();
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }
}
