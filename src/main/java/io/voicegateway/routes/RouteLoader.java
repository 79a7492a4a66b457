package io.voicegateway.routes;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.voicegateway.call.Connect;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.Progress;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.component.properties.PropertiesParser;
import org.apache.camel.spi.Registry;
import org.apache.camel.spring.spi.ApplicationContextBeanRepository;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/** Makes routes out of their files: as Spring Boot would, with its beans and settings. */
@Component
final class RouteLoader {

  /** Of metrics, whatever is served; the console shows it with a number behind it. */
  private static final String NAME = "gateway";

  /** How long an end waits for what is under way; what else ends needs the rest of the time. */
  private static final long LONGEST_END_SECONDS = 10;

  private final ApplicationContext spring;
  private final Vertx vertx;
  private final PropertiesParser settings;
  private final MeterRegistry meters;
  private final List<RouteCheck> checks;
  private final NumberPlan plan;
  private final boolean jmx;

  RouteLoader(
      ApplicationContext spring,
      Vertx vertx,
      PropertiesParser settings,
      MeterRegistry meters,
      List<RouteCheck> checks,
      NumberPlan plan,
      @Value("${gateway.jmx}") boolean jmx) {
    this.spring = spring;
    this.vertx = vertx;
    this.settings = settings;
    this.meters = meters;
    this.checks = checks;
    this.plan = plan;
    this.jmx = jmx;
  }

  /**
   * Loads routes and looks whether they can be served, without taking a call.
   *
   * @throws InvalidRoutes with what is wrong with them
   */
  RouteSet load(RouteFiles files) {
    if (files.texts().isEmpty()) {
      throw new InvalidRoutes(Place.NONE, "the folder has no routes");
    }
    Entrance entrance = new Entrance(vertx);
    StagedContext camel = context(entrance);
    try {
      camel.start();
      add(files, camel);
      camel.prepareRoutes();
      new RouteModel(camel).check();
      for (RouteCheck check : checks) {
        check
            .problem(camel, plan)
            .ifPresent(
                problem -> {
                  throw new InvalidRoutes(Place.NONE, problem);
                });
      }
      return new RouteSet(camel, entrance, files);
    } catch (Exception | LinkageError | StackOverflowError refused) {
      camel.stop();
      throw RouteFault.explain(files, refused);
    }
  }

  /**
   * Not by Camel's own loaders: one lets the second of two routes with the same id take the other's
   * place, and the other makes a configuration for all routes one for none.
   */
  private static void add(RouteFiles files, CamelContext camel) throws Exception {
    Collection<RoutesBuilder> builders =
        PluginHelper.getRoutesLoader(camel).findRoutesBuilders(files.resources());
    for (RoutesBuilder builder : builders) {
      if (builder instanceof RouteConfigurationsBuilder configurations) {
        camel.addRoutesConfigurations(configurations);
      }
    }
    Set<String> ids = new HashSet<>();
    for (RoutesBuilder builder : builders) {
      for (String id : builder.updateRoutesToCamelContext(camel)) {
        if (!ids.add(id)) {
          throw new InvalidRoutes(files.last("id: " + id), "two routes have the id " + id);
        }
      }
    }
  }

  private StagedContext context(Entrance entrance) {
    StagedContext camel = new StagedContext();
    Registry registry = new DefaultRegistry(new ApplicationContextBeanRepository(spring));
    registry.bind(Entrance.NAME, entrance);
    camel.getCamelContextExtension().setRegistry(registry);
    camel.setApplicationContextClassLoader(spring.getClassLoader());
    camel.getCamelContextExtension().setName(NAME);
    camel.getManagementNameStrategy().setNamePattern("#name#-#counter#");
    camel.setPropertiesComponent(properties(camel));
    camel.setSourceLocationEnabled(true);
    camel.getShutdownStrategy().setTimeout(LONGEST_END_SECONDS);
    if (!jmx) {
      camel.disableJMX();
    }
    camel.getCamelContextExtension().setManagementMBeanAssembler(new SharedMBeanAssembler(camel));
    camel.build();
    EnumWords.of(Connect.class).addTo(camel);
    EnumWords.of(Progress.class).addTo(camel);
    camel.addRoutePolicyFactory(new RouteMeters(camel, meters));
    return camel;
  }

  private PropertiesComponent properties(CamelContext camel) {
    PropertiesComponent properties = new PropertiesComponent();
    properties.setCamelContext(camel);
    properties.setPropertiesParser(settings);
    return properties;
  }
}
