package io.voicegateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import io.voicegateway.livekit.routing.Credentials;
import io.voicegateway.livekit.routing.Invite;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import livekit.LivekitAgent.Job;
import livekit.LivekitAgentDispatch.AgentDispatch;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.Room;
import livekit.LivekitRoom.CreateRoomRequest;
import livekit.LivekitRoom.RoomConfiguration;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls into the sandbox. */
class SandboxCallTest {
  private static final String ROOM = "call-1";
  private static final Invite CALL =
      Invite.of("+15550100001", ROOM, "127.0.0.1").withCredentials(Credentials.of("gw", "pw12345"));

  private final List<SandboxEvent> events = new CopyOnWriteArrayList<>();
  private final List<LegEvent> leg = new CopyOnWriteArrayList<>();
  private SandboxLiveKit sandbox;
  private TestApi api;

  @BeforeEach
  void start() throws IOException {
    sandbox = SandboxLiveKit.start(0, TestTokens.KEY, TestTokens.SECRET, events::add);
    api = new TestApi(sandbox.url(), ROOM);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void a_call_into_a_room_with_its_agent_is_answered() throws IOException {
    trunkAndRule();
    worker();
    Room room = createRoom("{\"call\":1}");
    await().until(() -> sandbox.participants(ROOM).size() == 1);

    invite(CALL);

    awaitLeg("200 OK");
    assertThat(legSteps())
        .containsExactly("100 Processing", "407 Unauthorized", "180 Ringing", "200 OK");
    assertThat(room.getEmptyTimeout()).isEqualTo(300);
    assertThat(sandbox.jobs(ROOM)).extracting(Job::getMetadata).containsExactly("{\"call\":1}");
    assertThat(sandbox.participants(ROOM))
        .extracting(ParticipantInfo::getKind)
        .containsExactly(ParticipantInfo.Kind.AGENT, ParticipantInfo.Kind.SIP);
    assertThat(sandbox.count("CreateRoom")).isEqualTo(1);
  }

  @Test
  void a_caller_hears_ringing_until_the_agent_is_there() throws IOException {
    trunkAndRule();
    worker();
    createRoom("");

    invite(CALL);

    awaitLeg("200 OK");
    await()
        .untilAsserted(
            () ->
                assertThat(events)
                    .extracting(SandboxEvent::what)
                    .containsSubsequence(
                        "CreateRoom", "INVITE", "180", "job", "agent joined", "200"));
  }

  @Test
  void a_wrong_password_is_refused() throws IOException {
    trunkAndRule();

    invite(CALL.withCredentials(Credentials.of("gw", "other")));

    awaitLeg("401 Unauthorized");
    assertThat(sandbox.rooms()).isEmpty();
  }

  @Test
  void without_a_rule_the_call_is_dropped_after_one_ringing() {
    PhoneLeg call = invite(CALL);

    awaitLeg("180 Ringing");
    await().until(() -> sandbox.count("dropped") == 1);
    call.hangUp();
    assertThat(sandbox.rooms()).isEmpty();
    assertThat(legSteps()).containsExactly("100 Processing", "180 Ringing");
  }

  @Test
  void without_a_worker_the_call_rings_until_the_caller_gives_up() throws IOException {
    trunkAndRule();
    createRoom("");
    PhoneLeg call = invite(CALL);
    awaitLeg("180 Ringing");
    assertThat(sandbox.count("no worker")).isEqualTo(1);

    call.hangUp();

    awaitLeg("487 Request Terminated");
    assertThat(sandbox.participants(ROOM)).isEmpty();
  }

  @Test
  void nobody_to_hear_within_the_ringing_timeout_is_a_rejection() throws IOException {
    api.trunkAndRule(
        SIPInboundTrunkInfo.newBuilder()
            .setRingingTimeout(Duration.newBuilder().setNanos(30_000_000)),
        SIPDispatchRuleInfo.newBuilder());

    invite(CALL);

    awaitLeg("486 Rejected");
  }

  @Test
  void livekit_hangs_up_after_the_longest_call_the_trunk_allows() throws IOException {
    api.trunkAndRule(
        SIPInboundTrunkInfo.newBuilder()
            .setMaxCallDuration(Duration.newBuilder().setNanos(30_000_000)),
        ruleWithAgent());
    worker();

    invite(CALL);

    awaitLeg("0 BYE");
    assertThat(legSteps()).contains("200 OK");
  }

  @Test
  void a_room_made_without_agents_ignores_the_agents_of_the_rule() throws IOException {
    api.trunkAndRule(SIPInboundTrunkInfo.newBuilder(), ruleWithAgent());
    api.createRoom(CreateRoomRequest.newBuilder());

    invite(CALL);
    awaitLeg("180 Ringing");

    assertThat(api.dispatches()).extracting(AgentDispatch::getAgentName).containsExactly("");
  }

  @Test
  void a_full_room_rejects_the_call() throws IOException {
    trunkAndRule();
    api.createRoom(CreateRoomRequest.newBuilder().setMaxParticipants(1));
    invite(CALL);
    awaitLeg("180 Ringing");

    invite(Invite.of("+2", ROOM, "127.0.0.1").withCredentials(Credentials.of("gw", "pw12345")));

    awaitLeg("486 Rejected");
  }

  @Test
  void deleting_the_room_hangs_up() throws IOException {
    answeredCall();

    api.deleteRoom();

    awaitLeg("0 BYE");
    assertThat(sandbox.rooms()).isEmpty();
  }

  @Test
  void a_second_call_of_the_same_number_throws_out_the_first() throws IOException {
    answeredCall();

    sandbox.invite(CALL, Map.of(), event -> {});

    awaitLeg("0 BYE");
    await().until(() -> sandbox.count("200") == 2);
    assertThat(sandbox.participants(ROOM)).hasSize(2);
  }

  @Test
  void a_room_ends_some_time_after_the_caller_left() throws IOException {
    trunkAndRule();
    worker();
    api.createRoom(
        CreateRoomRequest.newBuilder().addAgents(TestApi.agent("")).setDepartureTimeout(1));
    PhoneLeg call = invite(CALL);
    awaitLeg("200 OK");

    call.hangUp();

    await().until(() -> sandbox.rooms().isEmpty());
    assertThat(sandbox.count("room closed")).isEqualTo(1);
  }

  private static SIPDispatchRuleInfo.Builder ruleWithAgent() {
    return SIPDispatchRuleInfo.newBuilder()
        .setRoomConfig(RoomConfiguration.newBuilder().addAgents(TestApi.agent("")));
  }

  private void answeredCall() throws IOException {
    trunkAndRule();
    worker();
    createRoom("");
    invite(CALL);
    awaitLeg("200 OK");
  }

  private void trunkAndRule() throws IOException {
    api.trunkAndRule(SIPInboundTrunkInfo.newBuilder(), SIPDispatchRuleInfo.newBuilder());
  }

  private void worker() {
    sandbox.register(SandboxWorker.named("voice-agent"));
  }

  private Room createRoom(String metadata) throws IOException {
    return api.createRoom(CreateRoomRequest.newBuilder().addAgents(TestApi.agent(metadata)));
  }

  private PhoneLeg invite(Invite invite) {
    return sandbox.invite(invite, Map.of(), leg::add);
  }

  private void awaitLeg(String step) {
    await().until(() -> legSteps().contains(step));
  }

  private List<String> legSteps() {
    return leg.stream().map(event -> event.code() + " " + event.reason()).toList();
  }
}
