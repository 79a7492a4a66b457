package io.voicegateway.jambonz;

import io.voicegateway.call.Ladder;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.call.Rung;
import io.voicegateway.routes.RouteCheck;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.springframework.stereotype.Component;

/** A ladder of the plan may name a route of the operator's only when it is there. */
@Component
final class OperatorRungsCheck implements RouteCheck {

  @Override
  public Optional<String> problem(CamelContext routes, NumberPlan plan) {
    return plan.entries().stream().flatMap(entry -> problems(entry, routes)).findFirst();
  }

  private static Stream<String> problems(PlanEntry entry, CamelContext routes) {
    Ladder closed = entry.limits().closed();
    return Stream.of(entry.fallback(), closed == null ? Ladder.EMPTY : closed)
        .flatMap(ladder -> ladder.rungs().stream())
        .filter(Rung.OperatorsRoute.class::isInstance)
        .map(Rung.OperatorsRoute.class::cast)
        .filter(route -> !isThere(route, routes))
        .map(
            route ->
                "no route begins with direct:%s, as the fallback of %s has %s"
                    .formatted(route.name(), entry.label(), route));
  }

  private static boolean isThere(Rung.OperatorsRoute rung, CamelContext routes) {
    return routes.getRoutes().stream()
        .anyMatch(route -> route.getEndpoint().getEndpointUri().equals("direct://" + rung.name()));
  }
}
