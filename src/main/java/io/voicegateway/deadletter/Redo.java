package io.voicegateway.deadletter;

import io.voicegateway.call.NothingToRedo;
import io.voicegateway.call.Unreadable;
import io.voicegateway.routes.CurrentRoutes;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Does what a letter asked for once more, by a route that the operators have: what came in by the
 * route {@code x} goes to {@code direct:replay-x}.
 */
@Component
final class Redo {

  /** True as a property of an exchange by which a letter is replayed. */
  private static final String REPLAY = "replay";

  /** When the original came, as a property. */
  private static final String HEARD_AT = "heardAt";

  private static final String CAN_NOT_BE_READ =
      "It cannot be read, so it cannot be replayed: correct whoever sent it, and discard the letter.";
  private static final String NOBODY_WAITS =
      "Nobody waits for it any more, and nothing of it can be done later: discard it.";
  private static final String ONCE_THE_CAUSE_IS_GONE = "Replay it once the cause is gone.";

  private final CurrentRoutes routes;
  private final ProducerTemplate sender;

  Redo(CurrentRoutes routes, ProducerTemplate sender) {
    this.routes = routes;
    this.sender = sender;
  }

  boolean isPossible(Letter letter) {
    return isPossible(letter.entry(), letter.unreadable());
  }

  boolean isPossible(@Nullable String entry, boolean unreadable) {
    return !unreadable && routes.camel().getRoute(route(entry)) != null;
  }

  /** What to do with a letter that waits. */
  String advice(Letter letter) {
    if (letter.unreadable()) {
      return CAN_NOT_BE_READ;
    }
    return isPossible(letter) ? ONCE_THE_CAUSE_IS_GONE : NOBODY_WAITS;
  }

  /**
   * Does it.
   *
   * @return why it failed, null when it is done
   * @throws NothingToRedo when it cannot be done and was not tried
   */
  @Nullable String run(Letter letter) {
    if (!isPossible(letter)) {
      throw new NothingToRedo(advice(letter));
    }
    Exchange sent = sent(letter);
    Exception failure = sent.getException();
    if (failure instanceof NothingToRedo nothing) {
      throw nothing;
    }
    if (failure instanceof Unreadable) {
      throw new NothingToRedo(CAN_NOT_BE_READ);
    }
    return failure == null ? null : Failures.cause(sent);
  }

  private Exchange sent(Letter letter) {
    Exchange exchange =
        sender.getCamelContext().getEndpoint("direct:" + route(letter.entry())).createExchange();
    fill(exchange, letter);
    try {
      return sender.send("direct:" + route(letter.entry()), exchange);
    } catch (RuntimeException ended) {
      exchange.setException(ended);
      return exchange;
    }
  }

  private static String route(@Nullable String entry) {
    return "replay-" + entry;
  }

  private static void fill(Exchange exchange, Letter letter) {
    exchange.setProperty(REPLAY, true);
    exchange.setProperty(HEARD_AT, letter.at());
    exchange.setProperty(DeadLetterChannel.CALL_SID, letter.callSid());
    exchange.setProperty("project", letter.project());
    exchange.getMessage().setHeader("call_sid", letter.callSid());
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, letter.contentType());
    exchange.getMessage().setBody(letter.original());
  }
}
