package io.voicegateway.livekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.voicegateway.TestClock;
import io.voicegateway.livekit.api.LiveKitApi;
import io.voicegateway.livekit.api.OpenedApi;
import io.voicegateway.livekit.routing.Invite;
import io.voicegateway.sandbox.SandboxLiveKit;
import io.voicegateway.sandbox.SandboxWorker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import livekit.LivekitAgentDispatch.RoomAgentDispatch;
import livekit.LivekitModels.Room;
import livekit.LivekitRoom.CreateRoomRequest;
import livekit.LivekitSip.SIPDispatchRule;
import livekit.LivekitSip.SIPDispatchRuleCallee;
import livekit.LivekitSip.SIPDispatchRuleInfo;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which rooms the sweep deletes, and above all which it does not. */
class OrphanSweepTest {

  private static final String SECRET = "secret-secret-secret-secret-secret";
  private static final String OURS = "{\"gateway\":\"1.0\",\"call_sid\":\"%s\"}";

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

  private SandboxLiveKit livekit;
  private OpenedApi livekitApi;
  private OrphanSweep sweep;

  /** Calls of which the record does not know that they are over. */
  private final Set<String> goingOn = new HashSet<>();

  @BeforeEach
  void start() throws IOException {
    livekit = SandboxLiveKit.start(0, "key", SECRET, event -> {});
    livekitApi = OpenedApi.to(livekit.url(), "key", SECRET);
    sweep = new OrphanSweep(livekitApi.livekits(), this::over, new TestClock(now));
  }

  @AfterEach
  void stop() {
    livekitApi.close();
    livekit.close();
  }

  @Test
  void aRoomOfOursInWhichOnlyAnAgentWaitsIsDeleted() {
    livekit.register(SandboxWorker.named("voice-agent"));
    create("call-1", OURS.formatted("1"));
    await().until(() -> !livekit.participants("call-1").isEmpty());

    sweepLater();

    assertThat(livekit.rooms()).isEmpty();
  }

  @Test
  void aYoungRoomIsLeftAlone() {
    create("call-1", OURS.formatted("1"));

    sweep.sweep();

    assertThat(livekit.rooms()).hasSize(1);
    assertThat(livekit.count("ListParticipants")).isZero();
  }

  @Test
  void aRoomOfAnotherApplicationIsNeverTouched() {
    create("lobby", OURS.formatted("1"));
    create("call-2", "{\"from\":\"+15550002000\"}");
    create("call-3", "");
    create("call-4", "no JSON");
    create("call-5", OURS.formatted("another"));
    create("call-6", "{\"call_sid\":\"6\"}");

    sweepLater();

    assertThat(livekit.rooms()).hasSize(6);
    assertThat(livekit.count("ListParticipants")).isZero();
  }

  @Test
  void aRoomWithAPhoneInItIsNeverTouched() {
    openToPhones();
    create("call-1", OURS.formatted("1"));
    livekit.invite(Invite.of("+15550002000", "call-1", "192.0.2.1"), Map.of(), event -> {});
    await().until(() -> !livekit.participants("call-1").isEmpty());

    sweepLater();

    assertThat(livekit.rooms()).extracting(Room::getName).containsExactly("call-1");
  }

  @Test
  void soManyRoomsAreLookedIntoAtATime() {
    for (int i = 0; i < 25; i++) {
      create("call-" + i, OURS.formatted(i));
    }

    sweepLater();

    assertThat(livekit.rooms()).hasSize(5);
    assertThat(livekit.count("ListParticipants")).isEqualTo(20);
  }

  @Test
  void aLiveKitThatDoesNotAnswerIsLeftForTheNextSweep() {
    livekit.close();

    assertThatCode(sweep::sweep).doesNotThrowAnyException();
  }

  /** While LiveKit's store is away, a caller's phone is missing from his room for seconds. */
  @Test
  void theRoomOfACallThatMayGoOnIsDeletedOnlyWhenNoSweepOfNineMinutesFindsItsCaller() {
    goingOn.add("1");
    create("call-1", OURS.formatted("1"));
    create("call-2", OURS.formatted("2"));

    sweepLater();
    assertThat(livekit.rooms()).extracting(Room::getName).containsExactly("call-1");
    sweepLater();
    assertThat(livekit.rooms()).hasSize(1);
    sweepLater();

    assertThat(livekit.rooms()).isEmpty();
  }

  @Test
  void aCallerWhoIsSeenAgainStartsTheNineMinutesAnew() {
    openToPhones();
    goingOn.add("1");
    create("call-1", OURS.formatted("1"));
    sweepLater();
    livekit.invite(Invite.of("+15550002000", "call-1", "192.0.2.1"), Map.of(), event -> {});
    await().until(() -> !livekit.participants("call-1").isEmpty());
    sweepLater();
    String phone = livekit.participants("call-1").get(0).getIdentity();
    livekitApi.rooms().remove("call-1", phone);
    await().until(() -> livekit.participants("call-1").isEmpty());

    sweepLater();

    assertThat(livekit.rooms()).hasSize(1);
  }

  private Set<String> over(Collection<String> sids) {
    return sids.stream().filter(sid -> !goingOn.contains(sid)).collect(Collectors.toSet());
  }

  private void sweepLater() {
    now.updateAndGet(time -> time.plus(Duration.ofMinutes(5)));
    sweep.sweep();
  }

  private void openToPhones() {
    livekit.store(SIPInboundTrunkInfo.newBuilder().setSipTrunkId("ST_1").build());
    livekit.store(
        SIPDispatchRuleInfo.newBuilder()
            .setSipDispatchRuleId("SDR_1")
            .setRule(
                SIPDispatchRule.newBuilder()
                    .setDispatchRuleCallee(SIPDispatchRuleCallee.getDefaultInstance()))
            .build());
  }

  private void create(String room, String metadata) {
    LiveKitApi api = livekitApi.api();
    api.execute(
        "CreateRoom",
        api.rooms()
            .createRoom(
                CreateRoomRequest.newBuilder()
                    .setName(room)
                    .setMetadata(metadata)
                    .addAgents(RoomAgentDispatch.newBuilder().setAgentName("voice-agent"))
                    .build(),
                livekitApi.tokens().roomCreate()));
  }
}
