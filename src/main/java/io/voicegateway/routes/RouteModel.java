package io.voicegateway.routes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.LineNumberAware;
import org.apache.camel.Route;
import org.apache.camel.model.ErrorHandlerDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;

/** What Camel accepts in routes although it cannot work. */
final class RouteModel {

  private static final String DIRECT = "direct:";

  private final ModelCamelContext camel;

  RouteModel(ModelCamelContext camel) {
    this.camel = camel;
  }

  /**
   * Looks at loaded routes.
   *
   * @throws InvalidRoutes with the first thing that cannot work
   */
  void check() {
    camel.getRouteDefinitions().forEach(this::configurationsAreThere);
    nothingIsConsumedTwice();
    Set<String> entrances =
        camel.getRoutes().stream()
            .map(route -> plain(route.getEndpoint().getEndpointUri()))
            .collect(Collectors.toSet());
    steps().forEach(step -> leadsSomewhere(target(step), place(step), entrances));
    deadLetterChannels()
        .forEach(channel -> leadsSomewhere(channel.getDeadLetterUri(), Place.NONE, entrances));
  }

  private void configurationsAreThere(RouteDefinition route) {
    String ids = route.getRouteConfigurationId();
    for (String id : ids == null ? new String[0] : ids.split(",")) {
      if (!id.contains("*") && camel.getRouteConfigurationDefinition(id) == null) {
        throw new InvalidRoutes(
            place(route),
            "there is no routeConfiguration %s, which route %s wants"
                .formatted(id, route.getRouteId()));
      }
    }
  }

  private void nothingIsConsumedTwice() {
    Map<String, Route> seen = new HashMap<>();
    for (Route route : camel.getRoutes()) {
      Route other = seen.putIfAbsent(route.getEndpoint().getEndpointUri(), route);
      if (other != null) {
        throw new InvalidRoutes(
            place(camel.getRouteDefinition(route.getRouteId())),
            "routes %s and %s both begin with %s"
                .formatted(
                    other.getRouteId(), route.getRouteId(), route.getEndpoint().getEndpointUri()));
      }
    }
  }

  private static void leadsSomewhere(String target, Place place, Set<String> entrances) {
    if (target.startsWith(DIRECT) && !target.contains("$") && !entrances.contains(plain(target))) {
      throw new InvalidRoutes(place, "no route begins with " + target);
    }
  }

  private static String target(ProcessorDefinition<?> step) {
    String uri =
        step instanceof ToDefinition to
            ? to.getUri()
            : step instanceof ToDynamicDefinition dynamic ? dynamic.getUri() : null;
    return uri == null ? "" : uri;
  }

  /** {@code direct:x} and {@code direct://x?block=false} are the same. */
  private static String plain(String uri) {
    return uri.replace("://", ":").replaceFirst("\\?.*", "");
  }

  @SuppressWarnings("rawtypes")
  private Stream<ProcessorDefinition> steps() {
    List<ProcessorDefinition<?>> roots = new ArrayList<>(camel.getRouteDefinitions());
    camel
        .getRouteConfigurationDefinitions()
        .forEach(configuration -> roots.addAll(configuration.getOnExceptions()));
    return roots.stream().flatMap(root -> below(root).stream());
  }

  private Stream<DeadLetterChannelDefinition> deadLetterChannels() {
    return camel.getRouteConfigurationDefinitions().stream()
        .map(RouteConfigurationDefinition::getErrorHandler)
        .filter(handler -> handler != null)
        .map(ErrorHandlerDefinition::getErrorHandlerType)
        .filter(DeadLetterChannelDefinition.class::isInstance)
        .map(DeadLetterChannelDefinition.class::cast);
  }

  @SuppressWarnings("rawtypes")
  private static Collection<ProcessorDefinition> below(ProcessorDefinition<?> root) {
    return ProcessorDefinitionHelper.filterTypeInOutputs(
        root.getOutputs(), ProcessorDefinition.class);
  }

  private static Place place(LineNumberAware part) {
    String file = part.getLocation() == null ? "" : part.getLocation().replaceFirst("^file:", "");
    return new Place(file, Math.max(0, part.getLineNumber()), 0);
  }
}
