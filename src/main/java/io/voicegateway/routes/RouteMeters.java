package io.voicegateway.routes;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicy;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyConfiguration;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;
import org.apache.camel.spi.RoutePolicy;

/** Camel's meters of routes, which go on when an edit takes the place of what is served. */
final class RouteMeters extends MicrometerRoutePolicyFactory {

  RouteMeters(CamelContext camel, MeterRegistry registry) {
    setCamelContext(camel);
    setMeterRegistry(registry);
    setPolicyConfiguration(routesOnly());
  }

  /** A sum over the routes says the same of the whole, and is not counted twice. */
  private static MicrometerRoutePolicyConfiguration routesOnly() {
    MicrometerRoutePolicyConfiguration routes = new MicrometerRoutePolicyConfiguration();
    routes.setContextEnabled(false);
    return routes;
  }

  @Override
  public RoutePolicy createRoutePolicy(CamelContext camel, String routeId, NamedNode route) {
    MicrometerRoutePolicy policy =
        new MicrometerRoutePolicy(this) {
          /** The route of the same name that is served now has the same meters. */
          @Override
          public void onRemove(Route removed) {}
        };
    policy.setMeterRegistry(getMeterRegistry());
    policy.setNamingStrategy(getNamingStrategy());
    policy.setConfiguration(getPolicyConfiguration());
    policy.setDurationUnit(getDurationUnit());
    return policy;
  }
}
