package io.voicegateway.deadletter;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Remembers which step of a route failed, before the failure's own steps run. */
@Component("failedStep")
final class FailedStep implements Processor {

  static final String STEP = "failedStep";

  private static final String ROUTE = "direct://";

  @Override
  public void process(Exchange exchange) {
    String step = exchange.getExchangeExtension().getHistoryNodeId();
    exchange.setProperty(Asked.PROPERTY, Asked.by(exchange));
    exchange.setProperty(STEP, step == null ? calledRoute(exchange) : step);
  }

  /**
   * A circuit breaker keeps its steps to itself; then it is the route that was called last. An
   * address elsewhere may hold a password and is not told.
   */
  private static String calledRoute(Exchange exchange) {
    String endpoint = exchange.getProperty(ExchangePropertyKey.TO_ENDPOINT, "", String.class);
    return endpoint.startsWith(ROUTE) ? endpoint.substring(ROUTE.length()) : "unknown";
  }
}
