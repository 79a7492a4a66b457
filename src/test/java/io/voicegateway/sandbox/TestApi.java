package io.voicegateway.sandbox;

import io.livekit.server.AgentDispatchService;
import io.livekit.server.RoomService;
import io.livekit.server.SipService;
import java.io.IOException;
import java.util.List;
import livekit.LivekitAgentDispatch.AgentDispatch;
import livekit.LivekitAgentDispatch.ListAgentDispatchRequest;
import livekit.LivekitAgentDispatch.RoomAgentDispatch;
import livekit.LivekitModels.Room;
import livekit.LivekitRoom.CreateRoomRequest;
import livekit.LivekitRoom.DeleteRoomRequest;
import livekit.LivekitSip.CreateSIPDispatchRuleRequest;
import livekit.LivekitSip.CreateSIPInboundTrunkRequest;
import livekit.LivekitSip.CreateSIPOutboundTrunkRequest;
import livekit.LivekitSip.CreateSIPParticipantRequest;
import livekit.LivekitSip.SIPDispatchRule;
import livekit.LivekitSip.SIPDispatchRuleCallee;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import livekit.LivekitSip.SIPOutboundTrunkInfo;
import livekit.LivekitSip.SIPParticipantInfo;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.converter.protobuf.ProtoConverterFactory;

/** The API by protobuf, through the interfaces of LiveKit's SDK. */
final class TestApi {
  private final RoomService rooms;
  private final SipService sip;
  private final AgentDispatchService dispatches;
  private final String room;
  private final String token;

  TestApi(String url, String room) {
    Retrofit retrofit =
        new Retrofit.Builder()
            .baseUrl(url + "/")
            .addConverterFactory(ProtoConverterFactory.create())
            .build();
    rooms = retrofit.create(RoomService.class);
    sip = retrofit.create(SipService.class);
    dispatches = retrofit.create(AgentDispatchService.class);
    this.room = room;
    this.token = "Bearer " + TestTokens.full(room);
  }

  static RoomAgentDispatch agent(String metadata) {
    return RoomAgentDispatch.newBuilder().setAgentName("voice-agent").setMetadata(metadata).build();
  }

  Room createRoom(CreateRoomRequest.Builder request) throws IOException {
    return rooms.createRoom(request.setName(room).build(), token).execute().body();
  }

  void deleteRoom() throws IOException {
    rooms.deleteRoom(DeleteRoomRequest.newBuilder().setRoom(room).build(), token).execute();
  }

  List<AgentDispatch> dispatches() throws IOException {
    return dispatches
        .listDispatch(ListAgentDispatchRequest.newBuilder().setRoom(room).build(), token)
        .execute()
        .body()
        .getAgentDispatchesList();
  }

  /** A trunk that asks gw / pw12345, and a callee rule for it. */
  void trunkAndRule(SIPInboundTrunkInfo.Builder trunk, SIPDispatchRuleInfo.Builder rule)
      throws IOException {
    CreateSIPInboundTrunkRequest.Builder trunkRequest =
        CreateSIPInboundTrunkRequest.newBuilder()
            .setTrunk(trunk.setAuthUsername("gw").setAuthPassword("pw12345"));
    String trunkId =
        sip.createSipInboundTrunk(trunkRequest.build(), token).execute().body().getSipTrunkId();
    rule.addTrunkIds(trunkId)
        .setRule(
            SIPDispatchRule.newBuilder()
                .setDispatchRuleCallee(SIPDispatchRuleCallee.getDefaultInstance()));
    sip.createSipDispatchRule(
            CreateSIPDispatchRuleRequest.newBuilder().setDispatchRule(rule).build(), token)
        .execute();
  }

  String outboundTrunk(String address) throws IOException {
    SIPOutboundTrunkInfo trunk =
        SIPOutboundTrunkInfo.newBuilder().addNumbers("+15550009999").setAddress(address).build();
    return sip.createSipOutboundTrunk(
            CreateSIPOutboundTrunkRequest.newBuilder().setTrunk(trunk).build(), token)
        .execute()
        .body()
        .getSipTrunkId();
  }

  /** Calls somebody into the room and waits for the answer. */
  Response<SIPParticipantInfo> dial(String trunkId, String to) throws IOException {
    return sip.createSipParticipant(
            CreateSIPParticipantRequest.newBuilder()
                .setSipTrunkId(trunkId)
                .setSipCallTo(to)
                .setRoomName(room)
                .putHeaders("X-Call-Ref", "r")
                .setWaitUntilAnswered(true)
                .build(),
            token)
        .execute();
  }
}
