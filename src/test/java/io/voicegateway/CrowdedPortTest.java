package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

/** Whoever holds connections without saying anything keeps nobody from being answered. */
@GatewayTest
class CrowdedPortTest {

  private static final int MANY = 2000;
  private static final int LARGE = 400 * 1024;

  private final List<Socket> sockets = new ArrayList<>();

  @Value("${local.gateway.port}")
  private int port;

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void thousandsOfConnectionsThatSayNothingTakeNoCallersPlace() throws IOException {
    for (int connection = 0; connection < MANY; connection++) {
      connect();
    }

    assertThat(aCall()).isEqualTo("dial hangup");
  }

  @Test
  void hooksThatNeverComeToTheirEndTakeNoCallersPlace() throws IOException {
    for (int connection = 0; connection < MANY; connection++) {
      begin(1000, "{\"call_sid\":".getBytes(StandardCharsets.US_ASCII));
    }

    assertThat(aCall()).isEqualTo("dial hangup");
  }

  @Test
  void bodiesThatFillTheMemoryAreTurnedAwayAndTakeNoCallersPlace() throws IOException {
    byte[] half = new byte[LARGE / 2];
    for (int connection = 0; connection < MANY; connection++) {
      begin(LARGE, half);
    }

    assertThat(aCall()).isEqualTo("dial hangup");
    assertThat(answer(sockets.get(MANY - 1))).contains("200 OK").contains("\"hangup\"");
  }

  /** A hook of so many bytes, of which these come and no more. */
  private void begin(int length, byte[] first) throws IOException {
    OutputStream out = connect().getOutputStream();
    out.write(
        "POST /livekit-api HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(length)
            .getBytes(StandardCharsets.US_ASCII));
    out.write(first);
  }

  /** All that is told before the connection ends or nothing comes any more. */
  private static String answer(Socket stranger) throws IOException {
    stranger.setSoTimeout(5000);
    byte[] told = new byte[4096];
    int read = stranger.getInputStream().read(told);
    return new String(told, 0, Math.max(read, 0), StandardCharsets.US_ASCII);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    sockets.add(socket);
    return socket;
  }

  private String aCall() {
    return new Hooks(port).call(Hooks.newCall(UUID.randomUUID().toString())).verbs();
  }
}
