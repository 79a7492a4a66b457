package io.voicegateway.deadletter;

import io.voicegateway.deadletter.DeadLetters.Letter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.ProducerTemplate;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Sends to the route of the dead letters what failed outside of any route; when the routes have
 * ended already, the letter goes into the folder straight away.
 */
@Component
final class LetterPost implements DeadLetterChannel {

  private final ProducerTemplate routes;
  private final DeadLetters letters;
  private final Path folder;

  /** The reason given for a letter, told as it is because it is ours. */
  private static final class Failure extends Exception {
    Failure(String cause) {
      super(cause);
    }
  }

  LetterPost(
      ProducerTemplate routes,
      DeadLetters letters,
      @Value("${gateway.dead-letters.directory}") Path folder) {
    this.routes = routes;
    this.letters = letters;
    this.folder = folder;
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
      Path file =
          Files.createFile(
              folder.resolve(letter.id() + ".json"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, DeadLetters.bytes(letter));
      DeadLetters.sayKept(letter, "");
    } catch (IOException unwritable) {
      DeadLetters.logWhole(letter, unwritable);
    }
  }
}
