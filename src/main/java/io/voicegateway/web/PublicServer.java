package io.voicegateway.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.stereotype.Component;

/**
 * The port on which Jambonz and LiveKit reach us: open once the routes are there, closed after
 * their last call is answered. Its number is the property {@value #PORT}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PublicServer implements ApplicationRunner, DisposableBean {

  static final String PORT = "local.gateway.port";

  /** Seconds in which a connection must say something. */
  private static final int IDLE_SECONDS = 60;

  private final HttpServer server;
  private final int port;
  private final String address;
  private final ConfigurableEnvironment environment;

  PublicServer(
      Vertx vertx,
      Router router,
      @Value("${gateway.port}") int port,
      @Value("${gateway.address}") String address,
      ConfigurableEnvironment environment) {
    this.port = port;
    this.address = address;
    this.environment = environment;
    this.server =
        vertx
            .createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_SECONDS))
            .requestHandler(
                request -> {
                  Edge.takeBodyAsItComes(request);
                  router.handle(request);
                });
  }

  @Override
  public void run(ApplicationArguments arguments) {
    try {
      server.listen(port, address).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException refused) {
      throw new NoPublicPort(port, refused);
    }
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("public port", Map.of(PORT, server.actualPort())));
  }

  @Override
  public void destroy() throws Exception {
    server.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
  }
}
