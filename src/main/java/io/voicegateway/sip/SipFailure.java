package io.voicegateway.sip;

import java.util.List;

/** A SIP server was not reached or did not speak SIP. Its message is fit for operators. */
public final class SipFailure extends RuntimeException {

  private final Reason reason;
  private final List<SipAnswer> answers;

  /** What went wrong. */
  public enum Reason {
    /** The host's name has no address. */
    NO_ADDRESS,
    /** Nothing listens there, or no way leads to it. */
    UNREACHABLE,
    /** Nothing was heard in time. */
    NO_ANSWER,
    /** Its certificate is not one to trust. */
    UNTRUSTED,
    /** TLS could not be agreed on. */
    NO_TLS,
    /** It closed the connection. */
    CLOSED,
    /** It answers with something that is not SIP. */
    NOT_SIP,
    /** We were told to stop. */
    STOPPED
  }

  SipFailure(Reason reason, SipAddress server, String words) {
    this(reason, server + ": " + words, List.of());
  }

  private SipFailure(Reason reason, String message, List<SipAnswer> answers) {
    super(message, null, false, false);
    this.reason = reason;
    this.answers = List.copyOf(answers);
  }

  /** The same failure, in the middle of a call. */
  SipFailure after(List<SipAnswer> heard) {
    return new SipFailure(reason, String.valueOf(getMessage()), heard);
  }

  public Reason reason() {
    return reason;
  }

  /** What was answered before it failed. */
  public List<SipAnswer> answers() {
    return answers;
  }
}
