package io.voicegateway.sandbox;

import java.time.Instant;

/**
 * What the far side of a phone leg receives from LiveKit.
 *
 * @param at when
 * @param kind the sort of message
 * @param code SIP code of a response; 0 for a request
 * @param reason reason phrase of a response, or the method of a request
 */
public record LegEvent(Instant at, Kind kind, int code, String reason) {

  /** The sorts of message. */
  public enum Kind {
    /** 100 and 180. */
    PROVISIONAL,
    /** 407; the INVITE is repeated with credentials. */
    CHALLENGE,
    /** 200. */
    ANSWERED,
    /** A final code that ends the leg before it was answered. */
    REFUSED,
    /** LiveKit gives up a leg that it called and that was not answered. */
    CANCEL,
    /** LiveKit ends an answered leg. */
    BYE
  }

  static LegEvent response(Kind kind, int code, String reason) {
    return new LegEvent(Instant.now(), kind, code, reason);
  }

  static LegEvent request(Kind kind) {
    return new LegEvent(Instant.now(), kind, 0, kind.name());
  }
}
