package io.voicegateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;

/** Whether calls have a way. */
class RoutesHealthTest {

  /** Whoever asks during the start is answered, and no failure stands in the log. */
  @Test
  void beforeTheFirstRoutesAreServedTheGatewayIsOutOfService() {
    assertThat(new RoutesHealth(new CurrentRoutes()).health().getStatus())
        .isEqualTo(Status.OUT_OF_SERVICE);
  }
}
