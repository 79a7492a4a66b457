package io.voicegateway.jambonz;

import io.voicegateway.call.Ladder;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.call.Rung;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.NoSuchEndpointException;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Stops the start when a ladder of the plan names a route of the operator's that is not there. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OperatorRungsCheck implements ApplicationRunner {

  private final NumberPlan plan;
  private final RouteQuestions routes;
  private final CamelContext camel;

  OperatorRungsCheck(NumberPlan plan, RouteQuestions routes, CamelContext camel) {
    this.plan = plan;
    this.routes = routes;
    this.camel = camel;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    plan.entries().forEach(this::check);
    routes.begin(camel);
  }

  private void check(PlanEntry entry) {
    Ladder closed = entry.limits().closed();
    Stream.of(entry.fallback(), closed == null ? Ladder.EMPTY : closed)
        .flatMap(ladder -> ladder.rungs().stream())
        .filter(Rung.OperatorsRoute.class::isInstance)
        .map(Rung.OperatorsRoute.class::cast)
        .filter(route -> !isThere(route))
        .forEach(
            route -> {
              throw new NoSuchEndpointException(
                  "direct:" + route.name(),
                  "with which a route must begin, as the fallback of %s has %s"
                      .formatted(entry.label(), route));
            });
  }

  private boolean isThere(Rung.OperatorsRoute rung) {
    return camel.getRoutes().stream()
        .anyMatch(route -> route.getEndpoint().getEndpointUri().equals("direct://" + rung.name()));
  }
}
