package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A carrier tries again while LiveKit still hangs in the registration of the call before. */
@GatewayTest
@Import(SettableTime.class)
@TestPropertySource(
    properties = {
      "gateway.admission.storms=true",
      "gateway.plan.fallback=decline:503",
      "gateway.agent.watch=off",
      "gateway.rooms.first-sweep=1h",
      "gateway.dead-letters.directory=target/dead-letters/hung-storm"
    })
class HungStormTest {

  private static final MockWebServer LIVEKIT = new MockWebServer();
  private static final AtomicInteger CREATED = new AtomicInteger();

  @DynamicPropertySource
  static void livekit(DynamicPropertyRegistry properties) throws IOException {
    StubbedLiveKit.start(
        LIVEKIT,
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            if (request.getTarget().contains("CreateRoom")) {
              CREATED.incrementAndGet();
            }
            return new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build();
          }
        },
        properties);
  }

  @AfterAll
  static void stop() {
    LIVEKIT.close();
  }

  @Autowired private AtomicReference<Instant> now;

  @Value("${local.gateway.port}")
  private int port;

  @Test
  void theSecondCallIsAnsweredAtOnceAndMakesNoRequest() {
    Hooks hooks = new Hooks(port);
    CompletableFuture<String> first =
        CompletableFuture.supplyAsync(() -> hooks.call(Hooks.newCall("first")).verbs());
    await().atMost(Duration.ofSeconds(20)).until(() -> CREATED.get() == 1);

    now.updateAndGet(then -> then.plusMillis(600));
    String second = hooks.call(Hooks.newCall("second")).verbs();

    assertThat(second).isEqualTo("sip:decline:503 hangup");
    assertThat(first).isNotDone();
    assertThat(first.join()).isEqualTo("sip:decline:503 hangup");
    assertThat(CREATED).hasValue(1);
  }
}
