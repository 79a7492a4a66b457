package io.voicegateway.routes;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.RouteController;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether every route runs: one that an operator has stopped in the console is no way for calls.
 */
@Component("routes")
final class RoutesHealth implements HealthIndicator {

  private final CurrentRoutes routes;

  RoutesHealth(CurrentRoutes routes) {
    this.routes = routes;
  }

  @Override
  public Health health() {
    if (!routes.areServed()) {
      return Health.outOfService().build();
    }
    CamelContext camel = routes.camel();
    RouteController controller = camel.getRouteController();
    List<String> stopped =
        camel.getRoutes().stream()
            .map(Route::getRouteId)
            .filter(id -> !controller.getRouteStatus(id).isStarted())
            .toList();
    return stopped.isEmpty()
        ? Health.up().build()
        : Health.down().withDetail("stopped", stopped).build();
  }
}
