package io.voicegateway.sip;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/** What carries messages; closing it ends whatever another thread does with it. */
interface Wire {

  /** Leads to an address and returns our own end of it. */
  InetSocketAddress connect(InetSocketAddress far, Duration patience) throws IOException;

  /** Agrees on TLS, where there is TLS. */
  void secure() throws IOException;

  /** Waits for the next message. */
  SipMessage read() throws IOException;

  void write(byte[] message) throws IOException;

  /** Whether nothing is lost on the way. */
  boolean isReliable();

  void close();
}
