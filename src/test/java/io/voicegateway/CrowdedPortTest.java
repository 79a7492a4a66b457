package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
      connect()
          .getOutputStream()
          .write(
              "POST /livekit-api HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"call_sid\":"
                  .getBytes(StandardCharsets.US_ASCII));
    }

    assertThat(aCall()).isEqualTo("dial hangup");
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
