package io.voicegateway.deadletter;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/**
 * Where the letters are that operators see: in the database that gateways share, or in this
 * gateway's folder while there is none or it is away.
 */
@Component
final class Letters {

  private final SharedLetters shared;
  private final FileLetters files;

  Letters(SharedLetters shared, FileLetters files, MeterRegistry meters) {
    this.shared = shared;
    this.files = files;
    Gauge.builder("gateway.dead.letters.waiting", this, Letters::waiting)
        .description("Dead letters that wait for an operator; NaN while nobody can tell")
        .register(meters);
  }

  LetterStore store() {
    return shared.isUp() ? shared : files;
  }

  private double waiting() {
    try {
      return store().waiting();
    } catch (RuntimeException unreadable) {
      return Double.NaN;
    }
  }
}
