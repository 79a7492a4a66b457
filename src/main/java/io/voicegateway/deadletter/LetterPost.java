package io.voicegateway.deadletter;

import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/**
 * Sends to the route of the dead letters what failed outside of any route; when the routes have
 * ended already, the letter goes into the folder straight away.
 */
@Component
final class LetterPost implements DeadLetterChannel {

  private final ProducerTemplate routes;
  private final DeadLetters letters;
  private final FileLetters files;
  private final LastResort lastResort;

  /** The reason given for a letter, told as it is because it is ours. */
  private static final class Failure extends Exception {
    Failure(String cause) {
      super(cause);
    }
  }

  LetterPost(
      ProducerTemplate routes, DeadLetters letters, FileLetters files, LastResort lastResort) {
    this.routes = routes;
    this.letters = letters;
    this.files = files;
    this.lastResort = lastResort;
  }

  @Override
  public void keep(Undone undone) {
    if (!isTaken(undone)) {
      write(letters.letter(undone));
    }
  }

  /** The routes may end while it is under way. */
  private boolean isTaken(Undone undone) {
    try {
      return routes.send("direct:dead-letter", letter -> fill(letter, undone)).getException()
          == null;
    } catch (RuntimeException ended) {
      return false;
    }
  }

  private static void fill(Exchange exchange, Undone undone) {
    exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, new Failure(undone.cause()));
    exchange.setProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, undone.route());
    exchange.setProperty(FailedStep.STEP, undone.step());
    exchange.setProperty(CALL_SID, undone.callSid());
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, undone.contentType());
    exchange.getMessage().setBody(undone.body());
  }

  private void write(Letter letter) {
    try {
      files.save(letter);
      DeadLetters.sayKept(letter, "");
    } catch (UncheckedIOException unwritable) {
      lastResort.keep(letter, Objects.requireNonNull(unwritable.getCause()));
    }
  }
}
