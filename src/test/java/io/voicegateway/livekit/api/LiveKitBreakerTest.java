package io.voicegateway.livekit.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a LiveKit is left alone that answers late or not at all, and when it is asked again. */
class LiveKitBreakerTest {

  @ParameterizedTest(name = "{0} of ten registrations take {1} ms: {2}")
  @CsvSource({"10, 1100, OPEN", "8, 1100, OPEN", "7, 1100, CLOSED", "10, 900, CLOSED"})
  void aLiveKitThatIsSlowForNearlyAllIsLeftAlone(int slow, int millis, State state) {
    CircuitBreaker breaker =
        LiveKitBreaker.of("", new SimpleMeterRegistry(), Tags.of("project", "a"));

    for (int i = 0; i < 10; i++) {
      breaker.onSuccess(i < slow ? millis : 50, TimeUnit.MILLISECONDS);
    }

    assertThat(breaker.getState()).isEqualTo(state);
  }

  @Test
  void theFirstAnswerOfALiveKitThatIsBackIsEnoughHoweverTheTrialBeforeEnded() {
    CircuitBreaker breaker =
        LiveKitBreaker.of("", new SimpleMeterRegistry(), Tags.of("project", "a"));
    breaker.transitionToOpenState();

    tryAgain(breaker);
    breaker.onError(2000, TimeUnit.MILLISECONDS, new LiveKitFailure.Unavailable("away", 0));
    tryAgain(breaker);
    breaker.onSuccess(10, TimeUnit.MILLISECONDS);

    assertThat(breaker.getState()).isEqualTo(State.CLOSED);
  }

  /** As after the 5 s for which it is left alone; a breaker that is half open stays as it is. */
  private static void tryAgain(CircuitBreaker breaker) {
    if (breaker.getState() == State.OPEN) {
      breaker.transitionToHalfOpenState();
    }
    breaker.acquirePermission();
  }
}
