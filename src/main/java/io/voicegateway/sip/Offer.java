package io.voicegateway.sip;

/** The session description of a caller with a telephone's codecs. */
final class Offer {

  /** Sound is sent to the discard port: nobody listens. */
  private static final String SESSION =
      """
      v=0
      o=- 1 1 IN %1$s %2$s
      s=call
      c=IN %1$s %2$s
      t=0 0
      m=audio 9 RTP/AVP 0 8 101
      a=rtpmap:0 PCMU/8000
      a=rtpmap:8 PCMA/8000
      a=rtpmap:101 telephone-event/8000
      a=fmtp:101 0-16
      a=ptime:20
      a=sendrecv
      """;

  private Offer() {}

  static String from(String ownHost) {
    String family = ownHost.contains(":") ? "IP6" : "IP4";
    return SESSION.formatted(family, ownHost).replace("\n", Requests.LINE_END);
  }
}
