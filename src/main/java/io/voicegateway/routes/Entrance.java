package io.voicegateway.routes;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Where HTTP requests reach the routes of one state of the folder. It takes the place of another in
 * one moment, and requests that came in by the other are not disturbed.
 */
final class Entrance extends VertxPlatformHttpRouter {

  /** What Camel looks for. */
  static final String NAME = PLATFORM_HTTP_ROUTER_NAME_ZERO;

  private final Router router;
  private final Bodies bodies = new Bodies();

  Entrance(Vertx vertx) {
    this(vertx, Router.router(vertx));
  }

  private Entrance(Vertx vertx, Router router) {
    super(null, vertx, router, NAME);
    this.router = router;
  }

  /** Hands a request to its route, or back when there is none for it. */
  void take(RoutingContext request) {
    router.handleContext(request);
  }

  @Override
  public Handler<RoutingContext> bodyHandler() {
    return bodies;
  }
}
