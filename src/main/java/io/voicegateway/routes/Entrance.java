package io.voicegateway.routes;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Where HTTP requests reach the routes of one state of the folder. It takes the place of another in
 * one moment, and requests that came in by the other are not disturbed.
 */
final class Entrance extends VertxPlatformHttpRouter {

  /** What Camel looks for. */
  static final String NAME = PLATFORM_HTTP_ROUTER_NAME_ZERO;

  /**
   * Nobody may fill the memory. It is twice what a hook may have, so that the signature of one that
   * is too large still holds.
   */
  static final int MOST_BYTES = 512 * 1024;

  private final Router router;
  private final Handler<RoutingContext> body = BodyHandler.create(false).setBodyLimit(MOST_BYTES);

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
    return body;
  }
}
