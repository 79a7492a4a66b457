package io.voicegateway.call;

import java.time.Duration;

/**
 * A person whom LiveKit is to call from a room, through Jambonz: the one for whom a call is placed,
 * or one who is invited into a talk.
 *
 * @param attempt cannot be guessed; names the leg
 * @param target {@code +E164} or a {@code sip:} address
 * @param callerId the number that the person sees
 * @param ring how long it may ring
 */
public record Placement(
    Kind kind, Call call, String attempt, String target, String callerId, Duration ring) {

  /** Why the person is called. */
  public enum Kind {
    /** The call is placed for this person. */
    CALL,
    /** The person is invited to a call that is under way. */
    INVITE
  }

  /** The user part of the address that LiveKit calls; the person's number stays in the token. */
  public String user() {
    return RingBack.user(attempt);
  }

  /** The name of the person's participant, unique within its room. */
  public String identity() {
    return kind == Kind.CALL ? "person" : "person-" + attempt.substring(0, 8);
  }

  /** The person as records and logs may show him. */
  public String label() {
    return new Rung.DialPerson(target).masked();
  }

  /** Fit for logs. */
  @Override
  public String toString() {
    return (kind == Kind.CALL ? "call to " : "invitation of ") + label();
  }
}
