package io.voicegateway.record;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether the database of the calls' record answers. Calls go on without it, so that it never makes
 * the gateway unhealthy.
 */
@Component("databaseHealthIndicator")
final class DatabaseHealth implements HealthIndicator {

  private final Database database;

  DatabaseHealth(Database database) {
    this.database = database;
  }

  @Override
  public Health health() {
    return Health.up()
        .withDetail("calls", database.isUp() ? "answers" : "is away, events wait for it")
        .build();
  }
}
