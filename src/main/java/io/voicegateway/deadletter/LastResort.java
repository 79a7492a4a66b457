package io.voicegateway.deadletter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Letters that no file can hold, as the disk is full or read-only: they wait in memory for the
 * database that gateways share, or go to the log. Nobody waits for either.
 */
@Component
final class LastResort {

  private static final Logger log = LoggerFactory.getLogger(LastResort.class);

  private static final int MOST_WAITING = 1000;

  private final SharedLetters shared;
  private final Counter unkept;
  private final BlockingQueue<Unfiled> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

  private record Unfiled(Letter letter, Exception why) {}

  LastResort(SharedLetters shared, MeterRegistry meters) {
    this.shared = shared;
    this.unkept =
        Counter.builder("gateway.dead.letters.unkept")
            .description("Dead letters that could not be kept and went to the log")
            .register(meters);
  }

  /** Keeps it as well as can be. */
  void keep(Letter letter, Exception why) {
    if (!shared.isUp() || !waiting.offer(new Unfiled(letter, why))) {
      log(letter, why);
    }
  }

  /** Writes down what waits for the database. */
  @PreDestroy
  synchronized void write() {
    for (Unfiled next = waiting.poll(); next != null; next = waiting.poll()) {
      write(next);
    }
  }

  private void write(Unfiled unfiled) {
    try {
      shared.add(unfiled.letter());
      log.error(
          "{}. Dead letter {}, in the database alone as no file could be written ({})",
          unfiled.letter().failed(),
          unfiled.letter().id(),
          unfiled.why().getClass().getSimpleName());
    } catch (RuntimeException away) {
      log(unfiled.letter(), unfiled.why());
    }
  }

  private void log(Letter letter, Exception why) {
    unkept.increment();
    log.error(
        "{}. The dead letter could not be kept ({}). It was: {}",
        letter.failed(),
        why.getClass().getSimpleName(),
        letter.body() == null ? "bytes that are no text" : LetterMask.text(letter.body()));
  }
}
