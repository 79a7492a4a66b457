package io.voicegateway.sip;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** TLS over a connection. */
final class Tls {

  private Tls() {}

  /** The certificate must be trusted and be the host's. */
  static Socket over(Socket plain, SSLSocketFactory factory, SipAddress server) throws IOException {
    SSLSocket secure = (SSLSocket) factory.createSocket(plain, server.host(), server.port(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }
}
