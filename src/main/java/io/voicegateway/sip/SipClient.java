package io.voicegateway.sip;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks SIP servers. Every question has a connection of its own, ends in time, and leaves nothing
 * open behind it.
 */
public final class SipClient {

  private static final String OWN_USER = "voice-gateway";

  private final Supplier<SocketFactory> tls;

  /** Trusts the certificates that Java trusts. */
  public SipClient() {
    this(SSLSocketFactory::getDefault);
  }

  SipClient(Supplier<SocketFactory> tls) {
    this.tls = tls;
  }

  /**
   * Asks a server whether it is there, by OPTIONS.
   *
   * @param patience for all of it
   * @return its final answer, which a server that is there may refuse with
   * @throws SipFailure when there is none
   */
  public SipAnswer options(SipAddress server, Duration patience) {
    Deadline limit = Deadline.in(patience);
    try (Link link = link(server, patience)) {
      Request request = new Requests(server, link.open(), OWN_USER, "").options();
      long sentAt = System.nanoTime();
      link.send(request.bytes());
      Resend resend = new Resend(request, link.isReliable());
      while (!limit.isOver()) {
        SipMessage message = link.receive(resend.orEarlier(limit).left());
        if (message != null && answers(message, request) && message.code() >= 200) {
          return SipAnswer.of(message, sentAt);
        }
        resend.ifDue(link);
      }
      throw link.noAnswer("there was no answer", patience);
    }
  }

  /**
   * Places a call without a voice and ends it: cancelled when it rang for its time, hung up as soon
   * as it is answered.
   *
   * @throws SipFailure when the server is not reached, or breaks off
   */
  public PlacedCall call(CallRequest call) {
    return call(call, answers -> false);
  }

  /**
   * The same, but cancelled earlier when a condition holds, which is looked at with every answer
   * and ten times a second.
   *
   * @param enough is given the answers so far
   * @throws SipFailure when the server is not reached, or breaks off
   */
  public PlacedCall call(CallRequest call, Predicate<List<SipAnswer>> enough) {
    try (Link link = link(call.server(), call.patience())) {
      Requests requests = new Requests(call.server(), link.open(), call.caller(), call.callee());
      return new Attempt(link, call, requests, enough).run();
    }
  }

  private static boolean answers(SipMessage message, Request request) {
    return !message.isRequest() && message.branch().equals(request.branch());
  }

  private Link link(SipAddress server, Duration patience) {
    return new Link(server, wire(server), patience);
  }

  private Wire wire(SipAddress server) {
    return switch (server.transport()) {
      case UDP -> new UdpWire();
      case TCP -> new StreamWire(plain -> plain);
      case TLS -> new StreamWire(plain -> Tls.over(plain, (SSLSocketFactory) tls.get(), server));
    };
  }
}
