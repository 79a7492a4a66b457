package io.voicegateway.livekit.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a LiveKit is left alone that answers, but late. */
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
}
