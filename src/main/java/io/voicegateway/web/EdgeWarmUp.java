package io.voicegateway.web;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Before the first call: two requests that change nothing, through server, routes and back, so that
 * no caller waits for their classes to load.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
final class EdgeWarmUp implements ApplicationRunner {

  private static final Logger log = LoggerFactory.getLogger(EdgeWarmUp.class);
  private static final int PATIENCE_MS = 1000;

  private final Environment environment;

  EdgeWarmUp(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    request("OPTIONS", "/livekit-api");
    request("POST", "/adulting");
  }

  private void request(String method, String path) {
    try {
      URL url =
          URI.create("http://127.0.0.1:" + environment.getProperty(PublicServer.PORT) + path)
              .toURL();
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      connection.setRequestMethod(method);
      connection.setConnectTimeout(PATIENCE_MS);
      connection.setReadTimeout(PATIENCE_MS);
      log.debug("{} {} answers {}", method, path, connection.getResponseCode());
      connection.disconnect();
    } catch (IOException coldThen) {
      log.debug("{} {} could not be warmed: {}", method, path, coldThen.getMessage());
    }
  }
}
