package io.voicegateway.livekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.MessageLite;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voicegateway.call.PlanSettings;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.livekit.AgentWatchSettings.Watch;
import io.voicegateway.livekit.api.OpenedApi;
import io.voicegateway.project.LiveKitSettings;
import io.voicegateway.project.Project;
import io.voicegateway.project.TestProjects;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import livekit.LivekitAgentDispatch.AgentDispatch;
import livekit.LivekitAgentDispatch.ListAgentDispatchResponse;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitRoom.DeleteRoomResponse;
import livekit.LivekitRoom.ListParticipantsResponse;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

/** The agent left a caller, and LiveKit does not do at once what it is asked. */
class AgentRescueTest {

  private static final Duration SOON = Duration.ofMillis(50);

  private final MockWebServer server = new MockWebServer();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<CallEvent> told = new CopyOnWriteArrayList<>();
  private volatile int failures;
  private OpenedApi livekit;
  private LeftAloneCalls leftAlone;
  private AgentRescue rescue;

  @BeforeEach
  void start() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            String method = request.getUrl().pathSegments().get(2);
            asked.add(method);
            return answer(method);
          }
        });
    server.start();
    livekit = OpenedApi.to(server.url("/").toString(), "key", "secret-secret-secret-secret-secret");
    leftAlone = new LeftAloneCalls((sid, key, since) -> false, Clock.systemUTC());
    rescue =
        new AgentRescue(
            new AgentWatchSettings(Watch.ON, SOON, SOON),
            new LiveKitSettings("", "", "", Duration.ofSeconds(2), 0),
            livekit.rooms(),
            new RoomLook(livekit.rooms()),
            new AgentHealth(
                new PlanSettings("voice-agent", "", "", "", "none").read(new MockEnvironment()),
                TestProjects.signed(),
                new SimpleMeterRegistry(),
                Clock.systemUTC()),
            leftAlone,
            told::add,
            Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    rescue.close();
    livekit.close();
    server.close();
  }

  @Test
  void aRoomThatCouldNotBeEndedIsEndedLater() {
    failures = 2;
    WatchedCall call = call();

    rescue.agentLeft(call, true);

    await().until(call::isOver);
    assertThat(asked.stream().filter("DeleteRoom"::equals)).hasSize(3);
    assertThat(leftAlone.wasLeftAlone("a")).isTrue();
    assertThat(told).hasAtLeastOneElementOfType(CallEvent.LeftAlone.class);
  }

  private static WatchedCall call() {
    return WatchedCall.underWay(
        "a",
        Project.STANDARD,
        "voice-agent",
        "voice-agent",
        () -> "{}",
        Clock.systemUTC().instant());
  }

  private MockResponse answer(String method) {
    return switch (method) {
      case "ListParticipants" ->
          body(
              ListParticipantsResponse.newBuilder()
                  .addParticipants(
                      ParticipantInfo.newBuilder()
                          .setIdentity("sip_1")
                          .setKind(ParticipantInfo.Kind.SIP))
                  .build());
      case "ListDispatch" -> body(ListAgentDispatchResponse.getDefaultInstance());
      case "CreateDispatch" -> body(AgentDispatch.newBuilder().setId("AD_1").build());
      default ->
          failures-- > 0
              ? new MockResponse.Builder().code(503).build()
              : body(DeleteRoomResponse.getDefaultInstance());
    };
  }

  private static MockResponse body(MessageLite message) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", "application/protobuf")
        .body(new Buffer().write(message.toByteArray()))
        .build();
  }
}
