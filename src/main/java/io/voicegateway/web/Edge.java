package io.voicegateway.web;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.TimeoutHandler;
import io.voicegateway.project.SharedThreads;
import io.voicegateway.routes.CurrentRoutes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.util.threads.TaskQueue;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The public port's way from a request to a route. A hook's bytes reach the routes as they came, as
 * a signature is made over raw bytes.
 */
@Configuration(proxyBeanMethods = false)
class Edge {

  /** What Jambonz is given to carry: a dial's action hook brings its state back. */
  private static final Set<String> OF_HOOKS = Set.of("then");

  private static final Set<String> OF_CALLS =
      Set.of("state", "limit", "before", "full", "project", "q", "cause");
  private static final String CALLS = "/livekit-api/calls";

  /** The last resort when a route hangs, in ms; every step of ours has a shorter deadline. */
  private static final long PATIENCE_MS = 3000;

  /** Operators wait for LiveKit and Jambonz, one after the other. */
  private static final long OPERATORS_PATIENCE_MS = 20_000;

  /** Whoever invites a person waits for the answer: see Order for how long it may ring. */
  private static final long INVITERS_PATIENCE_MS = 140_000;

  /**
   * Callers have their threads however many invitations wait, each of which holds one, and
   * whichever project's LiveKit hangs.
   *
   * @param mostWaiting how many invitations wait at most
   */
  @Bean
  Vertx vertx(SharedThreads threads, @Value("${gateway.outbound.most-waiting}") int mostWaiting) {
    VertxOptions options =
        new VertxOptions()
            .setWorkerPoolSize(threads.hooks() + mostWaiting)
            .setMaxWorkerExecuteTime(INVITERS_PATIENCE_MS)
            .setMaxWorkerExecuteTimeUnit(TimeUnit.MILLISECONDS);
    return new VertxBuilder(options).executorServiceFactory(Edge::asManyAsNeeded).init().vertx();
  }

  /**
   * Vert.x's own pool makes a thread for each task until all are there. None ends here: work that
   * comes in that moment would wait behind those that are busy.
   */
  private static ExecutorService asManyAsNeeded(ThreadFactory threads, int concurrency, int most) {
    TaskQueue tasks = new TaskQueue();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(0, most, Long.MAX_VALUE, TimeUnit.NANOSECONDS, tasks, threads);
    tasks.setParent(pool);
    return pool;
  }

  @Bean
  Router router(Vertx vertx, CurrentRoutes routes) {
    Router router = Router.router(vertx);
    router.route().handler(Edge::onlyReadable);
    router.route().handler(Edge::onlyOurParameters);
    Handler<RoutingContext> operators = TimeoutHandler.create(OPERATORS_PATIENCE_MS);
    Handler<RoutingContext> others = TimeoutHandler.create(PATIENCE_MS);
    Handler<RoutingContext> inviters = TimeoutHandler.create(INVITERS_PATIENCE_MS);
    router
        .route()
        .handler(
            request -> {
              Handler<RoutingContext> patient = isInvitation(request) ? inviters : operators;
              (isOperators(request) ? patient : others).handle(request);
            });
    router.route("/*").handler(routes::take);
    return router;
  }

  /** Neither form nor character set: nothing but whether it is said to be JSON. */
  static void takeBodyAsItComes(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type != null) {
      boolean json = type.toLowerCase(Locale.ROOT).contains("json");
      request
          .headers()
          .set(HttpHeaders.CONTENT_TYPE, json ? "application/json" : "application/octet-stream");
    }
  }

  /** An address may have escapes that are none. */
  private static void onlyReadable(RoutingContext request) {
    try {
      request.normalizedPath();
      request.queryParams();
    } catch (IllegalArgumentException unreadable) {
      request.fail(400);
      return;
    }
    request.next();
  }

  /** Camel takes every parameter of the address for a header; only our own may be one. */
  private static void onlyOurParameters(RoutingContext request) {
    Set<String> ours = isOperators(request) ? OF_CALLS : OF_HOOKS;
    for (String name : List.copyOf(request.queryParams().names())) {
      if (!ours.contains(name)) {
        request.queryParams().remove(name);
      }
    }
    request.next();
  }

  private static boolean isInvitation(RoutingContext request) {
    return request.normalizedPath().endsWith("/invite");
  }

  private static boolean isOperators(RoutingContext request) {
    return request.normalizedPath().startsWith(CALLS);
  }
}
