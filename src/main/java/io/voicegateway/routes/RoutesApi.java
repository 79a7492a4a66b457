package io.voicegateway.routes;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is served, on the management port. */
@RestController
final class RoutesApi {

  private final RoutesReport routes;

  RoutesApi(RoutesReport routes) {
    this.routes = routes;
  }

  @GetMapping("/routes")
  RoutesReport.Report show() {
    return routes.report();
  }
}
