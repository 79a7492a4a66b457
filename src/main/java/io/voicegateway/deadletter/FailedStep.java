package io.voicegateway.deadletter;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Remembers which step of a route failed, before the failure's own steps run. */
@Component("failedStep")
final class FailedStep implements Processor {

  static final String STEP = "failedStep";

  @Override
  public void process(Exchange exchange) {
    exchange.setProperty(STEP, exchange.getExchangeExtension().getHistoryNodeId());
  }
}
