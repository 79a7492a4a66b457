package io.voicegateway.admission;

import io.voicegateway.call.OutageSwitch;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Which outage switches are on, without their numbers: nobody logs in here. */
@Component("outageHealthIndicator")
final class OutageHealth implements HealthIndicator {

  private final Outages outages;

  OutageHealth(Outages outages) {
    this.outages = outages;
  }

  @Override
  public Health health() {
    return Health.up().withDetail("switch", words()).build();
  }

  private String words() {
    if (outages.isOn(OutageSwitch.ALL)) {
      return "on for all numbers";
    }
    int numbers = outages.singleNumbers();
    return numbers == 0 ? "off" : "on for " + (numbers == 1 ? "one number" : numbers + " numbers");
  }
}
