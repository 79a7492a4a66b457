package io.voicegateway.livekit;

import com.google.protobuf.Duration;
import io.voicegateway.call.Call;
import io.voicegateway.call.Party;
import io.voicegateway.call.RingBack;
import livekit.LivekitSip.CreateSIPParticipantRequest;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/**
 * What LiveKit is asked to do when it shall ring back. To the agent the participant looks like a
 * caller who dialled in: the phone's numbers, and the attributes that the inbound trunk makes of
 * our headers.
 */
@Component("ringBackRequest")
final class RingBackRequest {

  /** Unique within its room. */
  private static final String IDENTITY = "caller";

  private final OutboundSettings settings;
  private final AgentMetadata metadata;

  RingBackRequest(OutboundSettings settings, AgentMetadata metadata) {
    this.settings = settings;
    this.metadata = metadata;
  }

  /**
   * The request, which waits until Jambonz answers.
   *
   * @param token shown by LiveKit's leg to be let in
   */
  CreateSIPParticipantRequest of(
      @ExchangeProperty("ringBack") RingBack ringBack, @ExchangeProperty("token") String token) {
    Call call = ringBack.call();
    return CreateSIPParticipantRequest.newBuilder()
        .setSipTrunkId(settings.trunk())
        .setSipCallTo(ringBack.user())
        .setRoomName(call.room())
        .setParticipantIdentity(IDENTITY)
        .setParticipantName(name(call))
        .setParticipantMetadata(metadata.of(call))
        .putParticipantAttributes("gateway.call_sid", call.sid())
        .putParticipantAttributes("gateway.from", number(call.from()))
        .putParticipantAttributes("gateway.to", number(call.to()))
        .putParticipantAttributes("sip.phoneNumber", number(call.from()))
        .putParticipantAttributes("sip.trunkPhoneNumber", number(call.to()))
        .putHeaders(RingBack.HEADER, token)
        .setHidePhoneNumber(true)
        .setRingingTimeout(seconds(ringBack.patience().toSeconds()))
        .setMaxCallDuration(seconds(call.plan().longestSeconds()))
        .setWaitUntilAnswered(true)
        .build();
  }

  private static String name(Call call) {
    String name = call.origin().callerName();
    return name.isEmpty() ? "Phone " + number(call.from()) : name;
  }

  private static String number(Party party) {
    return party.anonymous() ? "anonymous" : party.number();
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }
}
