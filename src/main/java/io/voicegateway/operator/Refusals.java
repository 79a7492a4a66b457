package io.voicegateway.operator;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells an operator why his request was not done. */
@Component("refusals")
final class Refusals {

  private static final Logger log = LoggerFactory.getLogger(Refusals.class);

  /** Makes the exchange's message the answer: a status and an object with one sentence. */
  void write(Exchange exchange) {
    Exception cause = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
    Refusal refusal = cause instanceof Refusal told ? told : unforeseen(cause);
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, refusal.status());
    if (refusal.status() == 401) {
      message.setHeader("WWW-Authenticate", "Basic realm=\"gateway\", charset=\"UTF-8\"");
    }
    message.setBody(Map.of("error", refusal.sentence()));
  }

  private static Refusal unforeseen(Exception cause) {
    log.error("An operator's request failed: {}", cause.getClass().getName());
    return new Refusal(500, "The request failed in the gateway; the log says where.");
  }
}
