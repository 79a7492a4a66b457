package io.voicegateway.livekit;

import com.google.protobuf.Duration;
import io.voicegateway.call.Call;
import io.voicegateway.call.Party;
import io.voicegateway.call.Placement;
import io.voicegateway.call.RingBack;
import io.voicegateway.livekit.CreateSipParticipant.Order;
import io.voicegateway.project.Projects;
import livekit.LivekitSip.CreateSIPParticipantRequest;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/**
 * What LiveKit is asked when it shall call Jambonz; each request waits until Jambonz answers. To
 * the agent the participant looks like a caller who dialled in: the attributes that the inbound
 * trunk makes of our headers, and the phone's own number instead of the address that LiveKit calls.
 */
@Component("participantRequests")
final class ParticipantRequests {

  /** Unique within its room. */
  static final String CALLER = "caller";

  /** Jambonz gives up a person first, so that LiveKit learns why. */
  private static final int AFTER_JAMBONZ = 3;

  private final Projects projects;
  private final AgentMetadata metadata;

  ParticipantRequests(Projects projects, AgentMetadata metadata) {
    this.projects = projects;
    this.metadata = metadata;
  }

  /**
   * To ring back for a caller who waits.
   *
   * @param token shown by LiveKit's leg to be let in
   */
  Order ringBack(
      @ExchangeProperty("ringBack") RingBack ringBack, @ExchangeProperty("token") String token) {
    Call call = ringBack.call();
    String name = call.origin().callerName();
    String phone = number(call.from());
    CreateSIPParticipantRequest request =
        request(call, token)
            .setSipCallTo(ringBack.user())
            .setParticipantIdentity(CALLER)
            .setParticipantName(name.isEmpty() ? "Phone " + phone : name)
            .putParticipantAttributes("gateway.from", phone)
            .putParticipantAttributes("gateway.to", number(call.to()))
            .putParticipantAttributes("sip.phoneNumber", phone)
            .putParticipantAttributes("sip.trunkPhoneNumber", number(call.to()))
            .setRingingTimeout(seconds(ringBack.patience().toSeconds()))
            .build();
    return new Order(call.project(), request);
  }

  /** To call a person. */
  Order person(
      @ExchangeProperty("placement") Placement placement, @ExchangeProperty("token") String token) {
    CreateSIPParticipantRequest request =
        request(placement.call(), token)
            .setSipCallTo(placement.user())
            .setParticipantIdentity(placement.identity())
            .setParticipantName("Phone " + placement.target())
            .putParticipantAttributes("gateway.role", "person")
            .putParticipantAttributes("gateway.from", placement.callerId())
            .putParticipantAttributes("gateway.to", placement.target())
            .putParticipantAttributes("sip.phoneNumber", placement.target())
            .putParticipantAttributes("sip.trunkPhoneNumber", placement.callerId())
            .setRingingTimeout(seconds(placement.ring().toSeconds() + AFTER_JAMBONZ))
            .build();
    return new Order(placement.call().project(), request);
  }

  private CreateSIPParticipantRequest.Builder request(Call call, String token) {
    return CreateSIPParticipantRequest.newBuilder()
        .setSipTrunkId(projects.of(call.project()).trunk())
        .setRoomName(call.room())
        .setParticipantMetadata(metadata.of(call))
        .putParticipantAttributes("gateway.call_sid", call.sid())
        .putHeaders(RingBack.HEADER, token)
        .setHidePhoneNumber(true)
        .setMaxCallDuration(seconds(call.plan().longestSeconds()))
        .setWaitUntilAnswered(true);
  }

  private static String number(Party party) {
    return party.anonymous() ? "anonymous" : party.number();
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }
}
