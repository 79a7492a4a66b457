package io.voicegateway.web;

import java.util.Map;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells a load balancer on the public port whether to send calls here, and nothing else. */
@RestController
class Health {

  private final ApplicationAvailability availability;

  Health(ApplicationAvailability availability) {
    this.availability = availability;
  }

  @GetMapping("/health")
  ResponseEntity<Map<String, String>> health() {
    return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
        ? ResponseEntity.ok(Map.of("status", "UP"))
        : ResponseEntity.status(503).body(Map.of("status", "DOWN"));
  }
}
