package io.voicegateway.livekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.voicegateway.call.record.Finding;
import io.voicegateway.livekit.api.AccessTokens;
import io.voicegateway.livekit.api.LiveKitApi;
import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.OpenedApi;
import io.voicegateway.livekit.api.RoomRequests;
import io.voicegateway.sandbox.SandboxLiveKit;
import io.voicegateway.sandbox.SandboxWorker;
import java.io.IOException;
import livekit.LivekitAgentDispatch.RoomAgentDispatch;
import livekit.LivekitRoom.CreateRoomRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a room shows, and what LiveKit is asked for it. */
class RoomLookTest {

  private static final String SECRET = "secret-secret-secret-secret-secret";
  private static final String ROOM = "call-1";
  private static final String AGENT = "voice-agent";

  private SandboxLiveKit livekit;
  private OpenedApi livekitApi;
  private LiveKitApi api;
  private AccessTokens tokens;
  private RoomRequests rooms;
  private RoomLook look;

  @BeforeEach
  void start() throws IOException {
    livekit = SandboxLiveKit.start(0, "key", SECRET, event -> {});
    livekitApi = OpenedApi.to(livekit.url(), "key", SECRET);
    api = livekitApi.api();
    tokens = livekitApi.tokens();
    rooms = livekitApi.rooms();
    look = new RoomLook(rooms);
  }

  @AfterEach
  void stop() {
    livekitApi.close();
    livekit.close();
  }

  @Test
  void anAgentThatCanBeHeardTakesOneRequestToSee() {
    livekit.register(SandboxWorker.named(AGENT));
    create();
    await().until(() -> !livekit.participants(ROOM).isEmpty());

    assertThat(look.at(ROOM).finding()).isEqualTo(Finding.AGENT_READY);
    assertThat(livekit.count("ListParticipants")).isEqualTo(1);
    assertThat(livekit.count("ListDispatch")).isZero();
    assertThat(livekit.count("ListRooms")).isZero();
  }

  @Test
  void anAgentWithoutAudioIsSilent() {
    livekit.register(SandboxWorker.silent(AGENT));
    create();
    await().until(() -> !livekit.participants(ROOM).isEmpty());

    assertThat(look.at(ROOM).finding()).isEqualTo(Finding.AGENT_SILENT);
  }

  @Test
  void aWorkerThatTookTheJobAndDidNotJoinIsMissing() {
    livekit.register(SandboxWorker.wedged(AGENT));
    create();
    await().until(() -> !livekit.jobs(ROOM).isEmpty());

    assertThat(look.at(ROOM).finding()).isEqualTo(Finding.AGENT_MISSING);
  }

  @Test
  void withoutAWorkerNobodyTakesTheJob() {
    create();

    assertThat(look.at(ROOM).finding()).isEqualTo(Finding.NO_WORKER);
  }

  @Test
  void aRoomThatIsNotThereIsSeenWithoutWaitingForLiveKitsThreeSeconds() {
    assertThat(look.at("call-none").finding()).isEqualTo(Finding.NO_ROOM);
    assertThat(livekit.count("ListDispatch")).isZero();
  }

  @Test
  void aLiveKitThatDoesNotAnswerShowsNothing() {
    livekit.close();

    assertThat(look.at(ROOM).finding()).isEqualTo(Finding.UNKNOWN);
  }

  @Test
  void aRoomIsDeletedOnceAndThenGone() {
    create();

    assertThat(rooms.delete(ROOM)).isTrue();
    assertThat(rooms.delete(ROOM)).isFalse();
    assertThat(livekit.rooms()).isEmpty();
  }

  @Test
  void aParticipantIsRemovedOnceAndThenGone() {
    livekit.register(SandboxWorker.named(AGENT));
    create();
    await().until(() -> !livekit.participants(ROOM).isEmpty());
    String identity = livekit.participants(ROOM).get(0).getIdentity();

    assertThat(rooms.remove(ROOM, identity)).isTrue();
    assertThat(rooms.remove(ROOM, identity)).isFalse();
    assertThat(livekit.participants(ROOM)).isEmpty();
  }

  @Test
  void anAgentComesIntoARoomThatIsThereAlready() {
    create();
    livekit.register(SandboxWorker.named("backup"));

    rooms.dispatch(ROOM, "backup", "{\"a\":1}");

    await().until(() -> !livekit.participants(ROOM).isEmpty());
    assertThat(livekit.jobs(ROOM).get(0).getMetadata()).isEqualTo("{\"a\":1}");
  }

  @Test
  void whatIsNotDoneIsSaid() {
    livekit.close();

    assertThatThrownBy(() -> rooms.delete(ROOM)).isInstanceOf(LiveKitFailure.Unavailable.class);
  }

  private void create() {
    api.execute(
        "CreateRoom",
        api.rooms()
            .createRoom(
                CreateRoomRequest.newBuilder()
                    .setName(ROOM)
                    .addAgents(RoomAgentDispatch.newBuilder().setAgentName(AGENT))
                    .build(),
                tokens.roomCreate()));
  }
}
