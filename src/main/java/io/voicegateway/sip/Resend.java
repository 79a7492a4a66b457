package io.voicegateway.sip;

import java.time.Duration;

/**
 * Sends a request again while there is no answer, by the timers A and E of RFC 3261. How long at
 * most is the caller's patience.
 */
final class Resend {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(4);

  private final Request request;
  private Duration pause = FIRST;
  private Deadline next = Deadline.in(FIRST);
  private boolean stopped;

  /**
   * For a request that just went out.
   *
   * @param reliable a way on which nothing is lost, so that nothing is sent again
   */
  Resend(Request request, boolean reliable) {
    this.request = request;
    this.stopped = reliable;
  }

  void ifDue(Link link) {
    if (stopped || !next.isOver()) {
      return;
    }
    link.send(request.bytes());
    pause = pause.multipliedBy(2);
    if (!request.method().equals("INVITE") && pause.compareTo(LONGEST) > 0) {
      pause = LONGEST;
    }
    next = Deadline.in(pause);
  }

  /** An INVITE rests with its first answer, any other request with its final one. */
  void heard(SipAnswer answer) {
    if (answer.method().equals(request.method())
        && (answer.isFinal() || request.method().equals("INVITE"))) {
      stopped = true;
    }
  }

  /** The earlier of a deadline and the next time. */
  Deadline orEarlier(Deadline deadline) {
    return stopped ? deadline : deadline.orEarlier(next);
  }
}
