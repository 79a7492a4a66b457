package io.voicegateway.routes;

import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

/** The routes that are served now; others take their place while the gateway runs. */
@Component
public final class CurrentRoutes {

  private volatile @Nullable RouteSet served;

  /** Whether the start has come so far. */
  boolean areServed() {
    return served != null;
  }

  /**
   * Their Camel context, which ends some time after others took their place.
   *
   * @throws IllegalStateException before the start
   */
  public CamelContext camel() {
    return get().camel();
  }

  /** Hands a request to its route, or back when there is none for it. */
  public void take(RoutingContext request) {
    get().entrance().take(request);
  }

  RouteSet get() {
    RouteSet routes = served;
    if (routes == null) {
      throw new IllegalStateException("no routes are served yet");
    }
    return routes;
  }

  /** They take the place of what is served. */
  void become(RouteSet routes) {
    served = routes;
  }

  /** Offers a way into the routes to those who send to them from outside. */
  @Configuration(proxyBeanMethods = false)
  static class Way {

    /** It always leads into the routes that are served when something is sent. */
    @Bean(destroyMethod = "")
    ProducerTemplate producerTemplate(CurrentRoutes routes) {
      return ProxyFactory.getProxy(
          ProducerTemplate.class,
          new TargetSource() {
            @Override
            public Class<?> getTargetClass() {
              return ProducerTemplate.class;
            }

            @Override
            public Object getTarget() {
              return routes.get().producer();
            }
          });
    }
  }
}
