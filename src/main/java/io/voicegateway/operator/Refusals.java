package io.voicegateway.operator;

import io.voicegateway.call.RefusedTransfer;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells an operator why his request was not done. */
@Component("refusals")
final class Refusals {

  private static final Logger log = LoggerFactory.getLogger(Refusals.class);

  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final int BAD_GATEWAY = 502;

  /** Makes the exchange's message the answer: a status and an object with one sentence. */
  void write(Exchange exchange) {
    Exception cause = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
    write(exchange, refusal(cause));
  }

  private static Refusal refusal(Exception cause) {
    if (cause instanceof RefusedTransfer transfer) {
      return new Refusal(transfer.status(), transfer.sentence());
    }
    return cause instanceof Refusal told ? told : unforeseen(cause);
  }

  /**
   * The same, when LiveKit or Jambonz did not do its part.
   *
   * @param why who and why, fit for an operator
   */
  void notDone(Exchange exchange, @ExchangeProperty("notDone") String why) {
    write(exchange, new Refusal(BAD_GATEWAY, "It was not done; try again. " + why));
  }

  /** The same, when nobody has the call that the request is about. */
  void noSuchCall(Exchange exchange) {
    write(
        exchange, new Refusal(NOT_FOUND, "There is no such call: it is over, or its id is wrong."));
  }

  private static void write(Exchange exchange, Refusal refusal) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, refusal.status());
    if (refusal.status() == UNAUTHORIZED) {
      message.setHeader("WWW-Authenticate", OperatorLogin.CHALLENGE);
    }
    if (refusal.retryAfter() > 0) {
      message.setHeader("Retry-After", refusal.retryAfter());
    }
    message.setBody(Map.of("error", refusal.sentence()));
  }

  private static Refusal unforeseen(Exception cause) {
    log.error("An operator's request failed: {}", cause.getClass().getName());
    return new Refusal(500, "The request failed in the gateway; the log says where.");
  }
}
