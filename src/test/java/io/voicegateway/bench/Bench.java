package io.voicegateway.bench;

import io.livekit.server.AccessToken;
import io.livekit.server.RoomCreate;
import io.vertx.core.Vertx;
import io.voicegateway.GatewayProcess;
import io.voicegateway.ServerProcess;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** What a run measures with: LiveKit, the gateway with a folder of its own, and callers. */
final class Bench implements AutoCloseable {

  final Path folder = Files.createTempDirectory(Path.of("target"), "bench");
  final Vertx vertx = Vertx.vertx();
  final int port = ServerProcess.freePort();
  final int managementPort = ServerProcess.freePort();
  final SandboxLiveKit livekit =
      SandboxLiveKit.start(0, GatewayProcess.API_KEY, GatewayProcess.API_SECRET, event -> {});

  Bench() throws IOException {
    FileSystemUtils.copyRecursively(Path.of("routes"), folder.resolve("routes"));
  }

  /**
   * Starts the gateway as {@code ./gateway run} does, with everything on: signature, record, log.
   */
  ServerProcess gateway() throws IOException {
    return gateway(livekit.url());
  }

  /** The same with another LiveKit. */
  ServerProcess gateway(String livekit) throws IOException {
    return ServerProcess.start(
        List.of("./gateway", "run"),
        settings(livekit),
        folder.resolve("gateway.log"),
        uri(port, "/health"));
  }

  private Map<String, String> settings(String livekit) {
    Map<String, String> settings = GatewayProcess.settings(port, managementPort, folder, livekit);
    settings.put("ROUTES", folder.resolve("routes").toString());
    return settings;
  }

  /** Starts what does the least, with the same LiveKit. */
  ServerProcess forwarder() throws IOException {
    String token = "Bearer " + token();
    return ServerProcess.start(
        List.of(
            "java",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            BareForwarder.class.getName(),
            String.valueOf(port),
            livekit.url(),
            token),
        Map.of(),
        folder.resolve("forwarder.log"),
        uri(port, "/"));
  }

  private String token() {
    AccessToken token = new AccessToken(GatewayProcess.API_KEY, GatewayProcess.API_SECRET);
    token.addGrants(new RoomCreate(true));
    token.setTtl(Duration.ofHours(6).toMillis());
    return token.toJwt();
  }

  static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public void close() throws IOException {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    livekit.close();
    FileSystemUtils.deleteRecursively(folder);
  }
}
