package io.voicegateway.sip;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One message in each datagram. */
final class UdpWire implements Wire {

  private final byte[] buffer = new byte[SipMessage.LONGEST];
  private volatile @Nullable DatagramSocket socket;

  @Override
  public InetSocketAddress connect(InetSocketAddress far, Duration patience) throws IOException {
    DatagramSocket fresh = new DatagramSocket();
    socket = fresh;
    fresh.connect(far);
    return new InetSocketAddress(fresh.getLocalAddress(), fresh.getLocalPort());
  }

  @Override
  public void secure() {}

  /** Empty datagrams keep a way through firewalls open and say nothing. */
  @Override
  public SipMessage read() throws IOException {
    String text = "";
    while (text.isBlank()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      socket().receive(packet);
      text = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
    }
    return SipMessage.parse(text);
  }

  @Override
  public void write(byte[] message) throws IOException {
    socket().send(new DatagramPacket(message, message.length));
  }

  @Override
  public boolean isReliable() {
    return false;
  }

  @Override
  public void close() {
    DatagramSocket open = socket;
    if (open != null) {
      open.close();
    }
  }

  private DatagramSocket socket() throws SocketException {
    DatagramSocket open = socket;
    if (open == null) {
      throw new SocketException("not connected");
    }
    return open;
  }
}
