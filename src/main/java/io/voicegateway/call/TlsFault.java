package io.voicegateway.call;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Why a server's TLS was not accepted, where Java tells of PKIX paths. */
public final class TlsFault {

  private TlsFault() {}

  /** Words that go on after the server's name; empty when it was something else. */
  public static Optional<String> words(Throwable failure) {
    if (has(failure, CertificateExpiredException.class)) {
      return Optional.of("its certificate has expired");
    }
    if (has(failure, CertificateNotYetValidException.class)) {
      return Optional.of("its certificate is not valid yet, or this machine's clock is wrong");
    }
    if (causes(failure).anyMatch(TlsFault::isOfAnotherHost)) {
      return Optional.of("its certificate is for another host");
    }
    if (has(failure, CertificateException.class)) {
      return Optional.of(
          "its certificate is not of an authority that is trusted here: it is self-signed, or the"
              + " server does not send the certificates between");
    }
    return has(failure, SSLException.class)
        ? Optional.of("no TLS could be agreed on; it may speak plain HTTP")
        : Optional.empty();
  }

  /** Java's own words are all that tells this from other faults of a certificate. */
  private static boolean isOfAnotherHost(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return cause instanceof SSLPeerUnverifiedException
        || (cause instanceof CertificateException
            && (message.startsWith("No subject alternative")
                || message.startsWith("No name matching")));
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    return causes(failure).anyMatch(type::isInstance);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }
}
