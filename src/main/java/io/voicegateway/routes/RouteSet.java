package io.voicegateway.routes;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of one state of the folder, in a Camel context of their own. So a call that is under
 * way goes to its end in the routes in which it began, whatever is served meanwhile.
 */
final class RouteSet {

  /**
   * Ways from route to route, and requests that come in elsewhere now. By all others work comes.
   */
  private static final Set<String> KEPT = Set.of("direct", "seda", "platform-http", "rest");

  /** What waits for a thread, or for the rest of its body, is counted nowhere. */
  private static final Duration QUIET = Duration.ofSeconds(30);

  /** Longer than the last attempt to tell a receiver of a call takes. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private static final Logger log = LoggerFactory.getLogger(RouteSet.class);

  private final StagedContext camel;
  private final Entrance entrance;
  private final RouteFiles files;
  private final ProducerTemplate producer;

  private Instant busy = Instant.MIN;
  private Instant end = Instant.MAX;

  RouteSet(StagedContext camel, Entrance entrance, RouteFiles files) {
    this.camel = camel;
    this.entrance = entrance;
    this.files = files;
    this.producer = camel.createProducerTemplate();
  }

  CamelContext camel() {
    return camel;
  }

  Entrance entrance() {
    return entrance;
  }

  RouteFiles files() {
    return files;
  }

  /** Sends to its routes. */
  ProducerTemplate producer() {
    return producer;
  }

  /**
   * Takes calls from now on.
   *
   * @throws InvalidRoutes when it cannot, and has ended therefore
   */
  void open() {
    open(route -> true);
  }

  /** The same without its own sources of work: only what others send is taken. */
  void openForRehearsal() {
    open(route -> KEPT.contains(scheme(route.getEndpoint())));
  }

  private void open(Predicate<Route> taken) {
    camel.getRoutes().stream()
        .filter(route -> !taken.test(route))
        .forEach(route -> route.setAutoStartup(false));
    try {
      camel.openRoutes();
    } catch (Exception refused) {
      camel.stop();
      throw RouteFault.explain(files, refused);
    }
  }

  /**
   * Begins nothing more, and goes on with what it has. A consumer that were stopped would stop the
   * steps of its route too.
   */
  void shut(Instant now) {
    busy = now;
    end = now.plus(LONGEST);
    for (Route route : camel.getRoutes()) {
      if (!KEPT.contains(scheme(route.getEndpoint()))) {
        suspend(route);
      }
    }
  }

  private static void suspend(Route route) {
    try {
      ServiceHelper.suspendService(route.getConsumer());
    } catch (RuntimeException goesOn) {
      log.warn("Route {} of the routes before the edit goes on", route.getRouteId(), goesOn);
    }
  }

  /** Whether nothing is under way in it any more, or too long. */
  boolean isIdle(Instant now) {
    if (camel.getInflightRepository().size() > 0) {
      busy = now;
    }
    return !now.isBefore(busy.plus(QUIET)) || !now.isBefore(end);
  }

  /** Ends it after what is under way, for which Camel waits as long as it waits at an end. */
  void end() {
    camel.stop();
  }

  private static String scheme(Endpoint endpoint) {
    return endpoint.getEndpointUri().split(":", 2)[0];
  }
}
