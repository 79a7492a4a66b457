package io.voicegateway.livekit.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many requests wait for one LiveKit, and what becomes of the next. */
class BoundTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final CountDownLatch answer = new CountDownLatch(1);

  @AfterEach
  void stop() {
    callers.shutdownNow();
  }

  @Test
  void aLiveKitThatHangsIsNotAskedOnceItsPlacesAreTaken() {
    Bound bound = full(LONG);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> bound.within("CreateRoom", () -> "made"))
          .isInstanceOf(LiveKitFailure.Unavailable.class)
          .hasMessage("LiveKit CreateRoom: not asked, 2 requests wait for its answer");
    }
    assertThat(bound.waiting()).isEqualTo(2);
  }

  @Test
  void aBurstWaitsForItsPlacesAsLongAsLiveKitAnswers() {
    Bound bound = full(LONG);
    CompletableFuture<String> next = ask(bound);

    answer.countDown();

    assertThat(next.join()).isEqualTo("made");
    await().until(() -> bound.waiting() == 0);
  }

  @Test
  void whoHasNoPatienceIsToldAtOnce() {
    Bound bound = full(Duration.ZERO);

    assertThatThrownBy(() -> bound.within("CreateRoom", () -> "made"))
        .isInstanceOf(LiveKitFailure.Unavailable.class);
  }

  @Test
  void aRequestThatFailsGivesItsPlaceBack() {
    Bound bound = new Bound(1, Duration.ZERO);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () ->
                  bound.within(
                      "CreateRoom",
                      () -> {
                        throw new IllegalStateException("broken");
                      }))
          .hasMessage("broken");
    }
  }

  private Bound full(Duration patience) {
    Bound bound = new Bound(2, patience);
    var unused = CompletableFuture.allOf(ask(bound), ask(bound));
    await().until(() -> bound.waiting() == 2);
    return bound;
  }

  private CompletableFuture<String> ask(Bound bound) {
    return CompletableFuture.supplyAsync(() -> bound.within("CreateRoom", this::made), callers);
  }

  private String made() {
    try {
      answer.await();
      return "made";
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
