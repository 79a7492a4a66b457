package io.voicegateway.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.stereotype.Component;

/** Tells a load balancer on the public port whether to send calls here, and nothing else. */
@Component
final class Health {

  private final ApplicationAvailability availability;

  Health(Router router, ApplicationAvailability availability) {
    this.availability = availability;
    router.route("/health").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::answer);
  }

  private void answer(RoutingContext request) {
    boolean ready = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
    request
        .response()
        .setStatusCode(ready ? 200 : 503)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(ready ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}");
  }
}
