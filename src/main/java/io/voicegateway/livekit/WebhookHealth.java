package io.voicegateway.livekit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** When LiveKit's last webhook came. That none came never makes the gateway unhealthy. */
@Component("webhooks")
final class WebhookHealth implements HealthIndicator {

  private final Clock clock;
  private volatile @Nullable Instant last;

  WebhookHealth(Clock clock) {
    this.clock = clock;
  }

  void came() {
    last = clock.instant();
  }

  @Override
  public Health health() {
    Instant came = last;
    return Health.up()
        .withDetail(
            "LiveKit",
            came == null
                ? "none came yet"
                : "last came %d s ago"
                    .formatted(Duration.between(came, clock.instant()).toSeconds()))
        .build();
  }
}
