package io.voicegateway.sip;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection on which one message follows the other. */
final class StreamWire implements Wire {

  private final Securing securing;
  private final Frames frames = new Frames();
  private final byte[] buffer = new byte[8192];
  private volatile @Nullable Socket socket;

  /** Makes a secure connection of a plain one. */
  interface Securing {
    Socket secure(Socket plain) throws IOException;
  }

  StreamWire(Securing securing) {
    this.securing = securing;
  }

  /** Without delay, or an INVITE behind an ACK waits 40 ms, which would pass for the server's. */
  @Override
  public InetSocketAddress connect(InetSocketAddress far, Duration patience) throws IOException {
    Socket fresh = new Socket();
    socket = fresh;
    fresh.setTcpNoDelay(true);
    fresh.connect(far, (int) Math.max(1, patience.toMillis()));
    return new InetSocketAddress(fresh.getLocalAddress(), fresh.getLocalPort());
  }

  @Override
  public void secure() throws IOException {
    socket = securing.secure(socket());
  }

  @Override
  public SipMessage read() throws IOException {
    Optional<SipMessage> message = frames.next();
    while (message.isEmpty()) {
      int length = socket().getInputStream().read(buffer);
      if (length < 0) {
        throw ended();
      }
      frames.add(buffer, length);
      message = frames.next();
    }
    return message.get();
  }

  private IOException ended() {
    return frames.isSip() ? new EOFException() : new UnreadableMessage("it ended with other bytes");
  }

  @Override
  public void write(byte[] message) throws IOException {
    OutputStream out = socket().getOutputStream();
    out.write(message);
    out.flush();
  }

  @Override
  public boolean isReliable() {
    return true;
  }

  @Override
  public void close() {
    Socket open = socket;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException closed) {
      // nothing is left to close
    }
  }

  private Socket socket() throws SocketException {
    Socket open = socket;
    if (open == null) {
      throw new SocketException("not connected");
    }
    return open;
  }
}
