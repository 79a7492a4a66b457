package io.voicegateway.sip;

import io.voicegateway.sip.SipFailure.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What broke, in words. */
final class Failures {

  private Failures() {}

  static SipFailure of(SipAddress server, IOException broken) {
    if (broken instanceof UnknownHostException) {
      return new SipFailure(Reason.NO_ADDRESS, server, "its host has no address");
    }
    if (broken instanceof UnreadableMessage) {
      return new SipFailure(Reason.NOT_SIP, server, "what it answers is not SIP");
    }
    if (broken instanceof SSLException) {
      return tls(server, broken);
    }
    if (broken instanceof PortUnreachableException || isRefused(broken)) {
      return new SipFailure(Reason.UNREACHABLE, server, "nothing listens there");
    }
    if (broken instanceof ConnectException || broken instanceof NoRouteToHostException) {
      return new SipFailure(Reason.UNREACHABLE, server, "no way leads there");
    }
    return new SipFailure(Reason.CLOSED, server, closed(broken));
  }

  private static boolean isRefused(IOException broken) {
    return broken instanceof ConnectException
        && String.valueOf(broken.getMessage()).contains("refused");
  }

  private static String closed(IOException broken) {
    return broken instanceof EOFException || broken instanceof SocketException
        ? "it closed the connection"
        : "the connection failed (" + broken.getClass().getSimpleName() + ")";
  }

  private static SipFailure tls(SipAddress server, IOException broken) {
    if (causes(broken).anyMatch(CertificateExpiredException.class::isInstance)) {
      return new SipFailure(Reason.UNTRUSTED, server, "its certificate has expired");
    }
    if (causes(broken).anyMatch(Failures::isOfAnotherHost)) {
      return new SipFailure(Reason.UNTRUSTED, server, "its certificate is not for this host");
    }
    if (causes(broken).anyMatch(CertificateException.class::isInstance)) {
      return new SipFailure(Reason.UNTRUSTED, server, "its certificate is not trusted");
    }
    return new SipFailure(
        Reason.NO_TLS, server, "TLS was not agreed on (" + broken.getMessage() + ")");
  }

  /** Java's own words are all that tells this from other faults of a certificate. */
  private static boolean isOfAnotherHost(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return cause instanceof CertificateException
        && (message.startsWith("No subject alternative") || message.startsWith("No name matching"));
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }
}
