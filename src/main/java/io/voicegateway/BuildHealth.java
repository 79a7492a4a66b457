package io.voicegateway;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/** Says in {@code /health} of the management port which version serves. */
@Component("version")
final class BuildHealth implements HealthIndicator {

  private final Health health;

  BuildHealth(ObjectProvider<BuildProperties> build) {
    BuildProperties properties = build.getIfAvailable();
    health =
        Health.up()
            .withDetail("version", properties == null ? "unbuilt" : properties.getVersion())
            .build();
  }

  @Override
  public Health health() {
    return health;
  }
}
