package io.voicegateway.livekit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Duration;
import io.voicegateway.livekit.api.LiveKitFailure;
import io.voicegateway.livekit.api.OpenedApi;
import io.voicegateway.project.LiveKitSettings;
import io.voicegateway.project.Project;
import io.voicegateway.project.SharedThreads;
import io.voicegateway.sandbox.FarEnd;
import io.voicegateway.sandbox.SandboxEvent;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import livekit.LivekitSip.CreateSIPParticipantRequest;
import livekit.LivekitSip.SIPHeaderOptions;
import livekit.LivekitSip.SIPMediaEncryption;
import livekit.LivekitSip.SIPOutboundConfig;
import livekit.LivekitSip.SIPParticipantInfo;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** LiveKit places a call from a room. */
class CreateSipParticipantTest {

  private static final String SECRET = "secret-secret-secret-secret-secret";

  private final List<SandboxEvent> events = new CopyOnWriteArrayList<>();
  private final ExecutorService waiting = Executors.newCachedThreadPool();
  private SandboxLiveKit livekit;

  @BeforeEach
  void start() throws IOException {
    livekit = SandboxLiveKit.start(0, "key", SECRET, events::add);
  }

  @AfterEach
  void stop() {
    waiting.shutdownNow();
    livekit.close();
  }

  @Test
  void whoAnswersIsInTheRoomUnderTheNameHeWasGiven() throws Exception {
    livekit.farEnd("+15550003000", FarEnd.answers(java.time.Duration.ofMillis(10)));

    SIPParticipantInfo participant = process(livekit.url(), request().build());

    assertThat(participant.getRoomName()).isEqualTo("call-1");
    assertThat(participant.getParticipantIdentity()).isEqualTo("person");
    assertThat(participant.getSipCallId()).startsWith("SCL_");
    assertThat(livekit.participants("call-1"))
        .anySatisfy(
            person -> {
              assertThat(person.getName()).isEqualTo("A person");
              assertThat(person.getMetadata()).isEqualTo("{\"m\":1}");
              assertThat(person.getAttributesMap()).containsEntry("role", "desk");
            });
  }

  @Test
  void aBusyPersonIsAFailureWithLiveKitsWords() {
    livekit.farEnd("+15550003000", FarEnd.refuses(486));

    assertThatThrownBy(() -> process(livekit.url(), request().build()))
        .isInstanceOf(LiveKitFailure.class)
        .hasMessageContaining("486");
  }

  @Test
  void anUnknownTrunkIsRefused() {
    assertThatThrownBy(
            () -> process(livekit.url(), request().clearTrunk().setSipTrunkId("ST_none").build()))
        .isInstanceOf(LiveKitFailure.Refused.class)
        .hasMessageContaining("requested sip trunk does not exist");
  }

  @Test
  void everyFieldOfTheRequestReachesLiveKit() throws Exception {
    CreateSIPParticipantRequest request =
        request()
            .setSipNumber("+15550001000")
            .setDtmf("1w2")
            .setPlayDialtone(true)
            .setHidePhoneNumber(true)
            .putHeaders("X-Call-Ref", "ref")
            .setIncludeHeaders(SIPHeaderOptions.SIP_X_HEADERS)
            .setMaxCallDuration(Duration.newBuilder().setSeconds(600))
            .setKrispEnabled(true)
            .setMediaEncryption(SIPMediaEncryption.SIP_MEDIA_ENCRYPT_ALLOW)
            .setDisplayName("Desk")
            .build();
    try (MockWebServer recorder = new MockWebServer()) {
      recorder.start();
      recorder.enqueue(
          new MockResponse.Builder()
              .body(new Buffer().write(SIPParticipantInfo.getDefaultInstance().toByteArray()))
              .build());

      process(recorder.url("/").toString(), request);

      var posted = recorder.takeRequest();
      assertThat(posted.getTarget()).isEqualTo("/twirp/livekit.SIP/CreateSIPParticipant");
      assertThat(CreateSIPParticipantRequest.parseFrom(posted.getBody().toByteArray()))
          .isEqualTo(request);
    }
  }

  @Test
  void callersOfAHungLiveKitHoldNoMoreThanItsShareAndPersonsAreCalledAllTheSame() throws Exception {
    try (MockWebServer hung = new MockWebServer();
        OpenedApi livekit = hung(hung)) {
      CreateSIPParticipantRequest ringBack =
          request().setParticipantIdentity(ParticipantRequests.CALLER).build();
      for (int i = 0; i < 3; i++) {
        var unused = CompletableFuture.runAsync(() -> ask(livekit, ringBack), waiting);
      }
      await().until(() -> hung.getRequestCount() == 3);

      assertThatThrownBy(() -> ask(livekit, ringBack))
          .isInstanceOf(LiveKitFailure.Unavailable.class)
          .hasMessage("LiveKit CreateSIPParticipant: not asked, 3 requests wait for its answer");

      var unused = CompletableFuture.runAsync(() -> ask(livekit, request().build()), waiting);
      await().until(() -> hung.getRequestCount() == 4);
    }
  }

  private static OpenedApi hung(MockWebServer server) throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build();
          }
        });
    server.start();
    return OpenedApi.to(
        new LiveKitSettings(
            server.url("/").toString(), "key", SECRET, java.time.Duration.ofSeconds(2), null),
        new SharedThreads(4, 4));
  }

  private static CreateSIPParticipantRequest.Builder request() {
    return CreateSIPParticipantRequest.newBuilder()
        .setTrunk(SIPOutboundConfig.newBuilder().setHostname("jambonz.example.test"))
        .setSipNumber("+15550001000")
        .setSipCallTo("+15550003000")
        .setRoomName("call-1")
        .setParticipantIdentity("person")
        .setParticipantName("A person")
        .setParticipantMetadata("{\"m\":1}")
        .putParticipantAttributes("role", "desk")
        .setRingingTimeout(Duration.newBuilder().setSeconds(5))
        .setWaitUntilAnswered(true);
  }

  private static SIPParticipantInfo process(String url, CreateSIPParticipantRequest request)
      throws Exception {
    try (OpenedApi livekit = OpenedApi.to(url, "key", SECRET)) {
      return ask(livekit, request);
    }
  }

  private static SIPParticipantInfo ask(OpenedApi livekit, CreateSIPParticipantRequest request) {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      Exchange exchange = new DefaultExchange(camel);
      exchange.getMessage().setBody(new CreateSipParticipant.Order(Project.STANDARD, request));
      new CreateSipParticipant(livekit.livekits()).process(exchange);
      return exchange.getMessage().getBody(SIPParticipantInfo.class);
    } catch (IOException | InvalidPayloadException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
