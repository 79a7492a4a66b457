package io.voicegateway.call;

import java.time.Duration;
import java.time.Instant;

/**
 * LiveKit's call back to Jambonz, by which a waiting caller is brought into his room. A leg cannot
 * be joined to a room's participant by an INVITE into LiveKit, so the other way round: LiveKit
 * calls, and Jambonz joins both legs in a conference.
 *
 * @param attempt cannot be guessed; the conference is named after it
 * @param since when the caller began to wait
 */
public record RingBack(Call call, String attempt, Instant since) {

  /** Where the addresses begin that LiveKit calls at Jambonz; no telephone number does. */
  public static final String USER = "gateway-";

  /** The SIP header in which LiveKit's leg shows that it is expected. */
  public static final String HEADER = "X-Gateway-Leg";

  private static final int SHORT = 8;

  /** The user part of the address that LiveKit calls. */
  public String user() {
    return user(attempt);
  }

  /** The same for any leg from LiveKit. */
  static String user(String attempt) {
    return USER + attempt.substring(0, Math.min(SHORT, attempt.length()));
  }

  /** Where both legs meet in Jambonz. */
  public String conference() {
    return conference(attempt);
  }

  /** The same, when no more than the attempt is known. */
  public static String conference(String attempt) {
    return USER + attempt;
  }

  /** How long the caller waits at most. */
  public Duration patience() {
    return Duration.ofSeconds(call.plan().dialTimeoutSeconds());
  }

  /** Fit for logs. */
  @Override
  public String toString() {
    return "ring-back of " + call;
  }
}
