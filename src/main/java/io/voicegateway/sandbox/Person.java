package io.voicegateway.sandbox;

import java.time.Duration;

/**
 * How somebody behaves whom Jambonz calls.
 *
 * @param code the SIP code of his answer
 * @param talk how long he talks before he hangs up
 */
public record Person(int code, Duration talk) {

  /** Rings, answers and talks. */
  public static Person answers(Duration talk) {
    return new Person(200, talk);
  }

  /** Rings and refuses with a SIP code. */
  public static Person refuses(int code) {
    return new Person(code, Duration.ZERO);
  }
}
