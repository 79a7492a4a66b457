package io.voicegateway.routes;

import io.voicegateway.operator.OperatorLogin;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What is served, on the management port, for operators. */
@RestController
final class RoutesApi {

  private final RoutesReport routes;
  private final OperatorLogin login;

  RoutesApi(RoutesReport routes, OperatorLogin login) {
    this.routes = routes;
    this.login = login;
  }

  @GetMapping("/routes")
  RoutesReport.Report show(
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          @Nullable String authorization) {
    login.check(authorization, null);
    return routes.report();
  }
}
