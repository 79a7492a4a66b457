package io.voicegateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Java's words for a certificate, in ours. */
class TlsFaultTest {

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(
            handshake(new CertPathValidatorException("", new CertificateExpiredException("x"))),
            "has expired"),
        Arguments.of(handshake(new CertificateNotYetValidException("x")), "not valid yet"),
        Arguments.of(
            handshake(new CertificateException("No name matching h found")), "for another host"),
        Arguments.of(
            handshake(new CertificateException("No subject alternative DNS name matching h")),
            "for another host"),
        Arguments.of(new SSLPeerUnverifiedException("Hostname h not verified"), "for another host"),
        Arguments.of(
            new IOException(handshake(new CertificateException("PKIX path building failed: …"))),
            "not of an authority"),
        Arguments.of(
            new SSLException("Unsupported or unrecognized SSL message"), "may speak plain HTTP"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("faults")
  void everyFaultHasItsWords(Exception fault, String words) {
    assertThat(TlsFault.words(fault)).get().asString().contains(words).doesNotContain("PKIX");
  }

  @Test
  void whatIsNotTlsHasNone() {
    assertThat(TlsFault.words(new ConnectException("refused"))).isEmpty();
  }

  private static IOException handshake(Exception cause) {
    SSLHandshakeException broken = new SSLHandshakeException(String.valueOf(cause.getMessage()));
    broken.initCause(cause);
    return broken;
  }
}
