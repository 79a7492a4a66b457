package io.voicegateway.sip;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way to a server. A thread of its own opens it and reads, so that nothing the server does, and
 * no slow look-up of its host, can hold up the one who waits.
 */
final class Link implements AutoCloseable {

  private static final int MOST_UNREAD = 256;

  /** A call that rings for eight minutes has so many answers. */
  private static final int MOST_MESSAGES = 500;

  private final SipAddress server;
  private final Wire wire;
  private final Duration patience;
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>(MOST_UNREAD);
  private final Thread reader;
  private volatile Step step = Step.LOOK_UP;
  private volatile boolean closed;
  private int messages;

  private enum Step {
    LOOK_UP("its host was not found"),
    CONNECT("there was no connection"),
    SECURE("it was connected, but TLS was not agreed on");

    private final String words;

    Step(String words) {
      this.words = words;
    }
  }

  /** What the reading thread has to tell. */
  private sealed interface News {}

  private record Opened(InetSocketAddress own) implements News {}

  private record Came(SipMessage message) implements News {}

  private record Failed(SipFailure failure) implements News {}

  Link(SipAddress server, Wire wire, Duration patience) {
    this.server = server;
    this.wire = wire;
    this.patience = patience;
    this.reader = new Thread(this::run, "sip " + server);
    reader.setDaemon(true);
  }

  /**
   * Opens the way and returns our own end of it.
   *
   * @throws SipFailure when it does not open in time
   */
  InetSocketAddress open() {
    reader.start();
    News first = next(patience);
    if (first instanceof Opened opened) {
      return opened.own;
    }
    if (first instanceof Failed failed) {
      throw failed.failure;
    }
    throw noAnswer(step.words, patience);
  }

  /**
   * The next message; null when none comes in time.
   *
   * @throws SipFailure when none can come any more, or too many came
   */
  @Nullable SipMessage receive(Duration atMost) {
    News next = next(atMost);
    if (next instanceof Failed failed) {
      throw failed.failure;
    }
    if (next instanceof Came came) {
      if (++messages > MOST_MESSAGES) {
        throw new SipFailure(SipFailure.Reason.NOT_SIP, server, "it does not stop talking");
      }
      return came.message;
    }
    return null;
  }

  /**
   * Sends a message.
   *
   * @throws SipFailure when the way is broken
   */
  void send(byte[] message) {
    try {
      wire.write(message);
    } catch (IOException broken) {
      throw failure(broken);
    }
  }

  boolean isReliable() {
    return wire.isReliable();
  }

  SipFailure noAnswer(String words, Duration within) {
    String time =
        within.toMillis() % 1000 == 0 ? within.toSeconds() + " s" : within.toMillis() + " ms";
    return new SipFailure(SipFailure.Reason.NO_ANSWER, server, words + " within " + time);
  }

  @Override
  public void close() {
    closed = true;
    wire.close();
    reader.interrupt();
  }

  private @Nullable News next(Duration atMost) {
    try {
      return news.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new SipFailure(SipFailure.Reason.STOPPED, server, "stopped while it was asked");
    }
  }

  private void run() {
    try {
      read();
    } catch (IOException broken) {
      tellLast(failure(broken));
    } catch (InterruptedException closedMeanwhile) {
      Thread.currentThread().interrupt();
    } finally {
      if (closed) {
        wire.close();
      }
    }
  }

  private void read() throws IOException, InterruptedException {
    List<InetAddress> addresses = Arrays.asList(InetAddress.getAllByName(server.host()));
    step = Step.CONNECT;
    InetSocketAddress own = connect(addresses, patience.dividedBy(addresses.size()));
    step = Step.SECURE;
    wire.secure();
    news.put(new Opened(own));
    while (!closed) {
      news.put(new Came(wire.read()));
    }
  }

  private InetSocketAddress connect(List<InetAddress> addresses, Duration each) throws IOException {
    try {
      return wire.connect(new InetSocketAddress(addresses.get(0), server.port()), each);
    } catch (IOException failed) {
      wire.close();
      if (addresses.size() == 1 || closed) {
        throw failed;
      }
      return connect(addresses.subList(1, addresses.size()), each);
    }
  }

  private void tellLast(SipFailure failure) {
    try {
      news.put(new Failed(failure));
    } catch (InterruptedException closedMeanwhile) {
      Thread.currentThread().interrupt();
    }
  }

  private SipFailure failure(IOException broken) {
    return broken instanceof SocketTimeoutException
        ? noAnswer(step.words, patience)
        : Failures.of(server, broken);
  }
}
