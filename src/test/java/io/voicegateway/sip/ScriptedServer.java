package io.voicegateway.sip;

import io.voicegateway.sip.SipAddress.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A SIP server that plays a script: for each request of a method the next step of that method, and
 * silence when there is none. It answers what is never refused, an ACK, with nothing.
 */
public final class ScriptedServer implements AutoCloseable {

  /** What is done with one request. */
  public interface Step {
    void play(HeardRequest request, Peer peer) throws IOException;

    default Step then(Step next) {
      return (request, peer) -> {
        play(request, peer);
        next.play(request, peer);
      };
    }
  }

  /** The one who asked. */
  public interface Peer {
    void send(byte[] bytes) throws IOException;

    void hangUp() throws IOException;

    default void send(String text) throws IOException {
      send(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  static final Step SILENCE = (request, peer) -> {};
  static final Step CLOSES = (request, peer) -> peer.hangUp();

  private final Transport transport;
  private final Closeable listening;
  private final int port;
  private final Map<String, Deque<Step>> script = new ConcurrentHashMap<>();
  private final List<HeardRequest> heard = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final List<Socket> ended = new CopyOnWriteArrayList<>();
  private final List<Throwable> broken = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);

  public static ScriptedServer on(Transport transport) throws IOException {
    if (transport == Transport.UDP) {
      return new ScriptedServer(new DatagramSocket(0, InetAddress.getLoopbackAddress()));
    }
    return new ScriptedServer(new ServerSocket(0, 8, InetAddress.getLoopbackAddress()), transport);
  }

  /** An address at which nothing listens any more. */
  static SipAddress gone(Transport transport) throws IOException {
    try (ScriptedServer server = on(transport)) {
      return server.address();
    }
  }

  ScriptedServer(ServerSocket socket, Transport transport) {
    this.transport = transport;
    this.listening = socket;
    this.port = socket.getLocalPort();
    start(() -> accept(socket));
  }

  private ScriptedServer(DatagramSocket socket) {
    this.transport = Transport.UDP;
    this.listening = socket;
    this.port = socket.getLocalPort();
    start(() -> receive(socket));
  }

  public static Step answers(String status, String... more) {
    return (request, peer) -> peer.send(request.answer(status, more));
  }

  static Step says(String text) {
    return (request, peer) -> peer.send(text);
  }

  /** Byte for byte. */
  static Step answersInPieces(String status) {
    return (request, peer) -> {
      for (byte each : request.answer(status).getBytes(StandardCharsets.UTF_8)) {
        peer.send(new byte[] {each});
      }
    };
  }

  /** Ends the INVITE that the CANCEL is for, as a server should. */
  public Step cancels() {
    return answers("200 OK")
        .then((request, peer) -> peer.send(last("INVITE").answer("487 Request Terminated")));
  }

  /** The same step after some time. */
  Step after(Duration time, Step step) {
    return (request, peer) ->
        threads.schedule(() -> play(step, request, peer), time.toNanos(), TimeUnit.NANOSECONDS);
  }

  public ScriptedServer when(String method, Step... steps) {
    script.computeIfAbsent(method, any -> new ArrayDeque<>()).addAll(List.of(steps));
    return this;
  }

  public SipAddress address() {
    return new SipAddress("127.0.0.1", port, transport);
  }

  List<HeardRequest> heard() {
    return heard;
  }

  List<String> methods() {
    return heard.stream().map(HeardRequest::method).toList();
  }

  HeardRequest last(String method) {
    return heard.stream()
        .filter(request -> request.method().equals(method))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  /** Whether every connection that was opened was closed by its maker. */
  boolean isLeftAlone() {
    return ended.containsAll(connections);
  }

  List<Throwable> broken() {
    return broken;
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket connection : connections) {
      connection.close();
    }
    threads.shutdownNow();
  }

  private interface Task {
    void run() throws IOException;
  }

  private void start(Task task) {
    Future<?> unused =
        threads.submit(
            () -> {
              try {
                task.run();
              } catch (IOException closed) {
                // the test is over
              }
            });
  }

  private void accept(ServerSocket socket) throws IOException {
    while (!socket.isClosed()) {
      Socket connection = socket.accept();
      connection.setTcpNoDelay(true);
      connections.add(connection);
      start(() -> converse(connection));
    }
  }

  private void converse(Socket connection) throws IOException {
    Peer peer =
        new Peer() {
          @Override
          public synchronized void send(byte[] bytes) throws IOException {
            connection.getOutputStream().write(bytes);
            connection.getOutputStream().flush();
          }

          @Override
          public void hangUp() throws IOException {
            connection.close();
          }
        };
    try {
      InputStream in = connection.getInputStream();
      for (String text = next(in); !text.isEmpty(); text = next(in)) {
        take(new HeardRequest(text), peer);
      }
    } finally {
      ended.add(connection);
    }
  }

  private static String next(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    String length = new HeardRequest(head.toString()).header("Content-Length");
    byte[] body = in.readNBytes(Integer.parseInt(length));
    return head + new String(body, StandardCharsets.UTF_8);
  }

  private void receive(DatagramSocket socket) throws IOException {
    byte[] buffer = new byte[65_536];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      socket.receive(packet);
      SocketAddress from = packet.getSocketAddress();
      String text = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
      Peer peer =
          new Peer() {
            @Override
            public void send(byte[] bytes) throws IOException {
              socket.send(new DatagramPacket(bytes, bytes.length, from));
            }

            @Override
            public void hangUp() {
              socket.close();
            }
          };
      take(new HeardRequest(text), peer);
    }
  }

  private void take(HeardRequest request, Peer peer) {
    heard.add(request);
    Step step = script.getOrDefault(request.method(), new ArrayDeque<>()).poll();
    if (step != null) {
      play(step, request, peer);
    }
  }

  private void play(Step step, HeardRequest request, Peer peer) {
    try {
      step.play(request, peer);
    } catch (IOException gone) {
      // the one who asked has gone meanwhile
    } catch (RuntimeException failed) {
      broken.add(failed);
    }
  }
}
