package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.voicegateway.livekit.api.LiveKits;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Nobody calls for a long time, and LiveKit, or what stands before it, closes what is idle. */
@GatewayTest
@TestPropertySource(
    properties = {
      "gateway.keep-warm=50ms",
      "gateway.livekit.requests-a-minute=1",
      "gateway.rooms.first-sweep=600000",
      "gateway.agent.watch=off",
      "gateway.dead-letters.directory=target/dead-letters/kept-warm"
    })
class KeptWarmTest {

  private static final MockWebServer LIVEKIT = new MockWebServer();
  private static final List<RecordedRequest> REQUESTS = new CopyOnWriteArrayList<>();

  @DynamicPropertySource
  static void livekit(DynamicPropertyRegistry properties) throws IOException {
    StubbedLiveKit.start(
        LIVEKIT,
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            REQUESTS.add(request);
            boolean api = request.getTarget().startsWith("/twirp/");
            return new MockResponse.Builder().code(api ? 400 : 503).build();
          }
        },
        properties);
  }

  @AfterAll
  static void stop() {
    LIVEKIT.close();
  }

  @Autowired private LiveKits livekits;

  @Value("${local.gateway.port}")
  private int port;

  @Test
  void theFirstCallFindsAConnectionThatIsOpenAndAllOfItsRate() {
    await().until(() -> REQUESTS.size() > 20);
    assertThat(REQUESTS).extracting(RecordedRequest::getTarget).containsOnly("/");
    int connection = REQUESTS.get(0).getConnectionIndex();

    new Hooks(port).call(Hooks.newCall(UUID.randomUUID().toString()));

    assertThat(REQUESTS)
        .filteredOn(request -> request.getTarget().endsWith("CreateRoom"))
        .extracting(RecordedRequest::getConnectionIndex)
        .containsExactly(connection);
    assertThat(livekits.standard().breaker().getState()).isEqualTo(State.CLOSED);
  }
}
