package io.voicegateway.routes;

import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.RouteService;

/** A Camel context whose routes are made whole before any of them takes a call. */
final class StagedContext extends DefaultCamelContext {

  StagedContext() {
    super(false);
    setAutoStartup(false);
  }

  /** Makes every part of the routes but starts no consumer: whatever is missing is missed now. */
  void prepareRoutes() throws Exception {
    for (RouteService route : getRouteServices().values()) {
      route.setUp();
      route.warmUp();
    }
  }

  /** Lets calls in. */
  void openRoutes() throws Exception {
    setAutoStartup(true);
    startAllRoutes();
  }
}
