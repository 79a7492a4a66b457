package io.voicegateway.bench;

import io.vertx.core.Vertx;
import io.voicegateway.sandbox.SandboxLiveKit;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/** What a run measures with: LiveKit, the gateway with a folder of its own, and callers. */
final class Bench implements AutoCloseable {

  static final String PASSWORD = "bench-password";

  private static final String KEY = "bench";
  private static final String API_SECRET = "secretsecretsecretsecretsecret12";

  final Path folder = Files.createTempDirectory(Path.of("target"), "bench");
  final Vertx vertx = Vertx.vertx();
  final int port = MeasuredProcess.freePort();
  final int managementPort = MeasuredProcess.freePort();
  final SandboxLiveKit livekit = SandboxLiveKit.start(0, KEY, API_SECRET, event -> {});

  Bench() throws IOException {
    FileSystemUtils.copyRecursively(Path.of("routes"), folder.resolve("routes"));
  }

  /**
   * Starts the gateway as {@code ./gateway run} does, with everything on: signature, record, log.
   */
  MeasuredProcess gateway() throws IOException {
    return gateway(livekit.url());
  }

  /** The same with another LiveKit. */
  MeasuredProcess gateway(String livekit) throws IOException {
    return MeasuredProcess.start(
        List.of("./gateway", "run"),
        settings(livekit),
        folder.resolve("gateway.log"),
        uri(port, "/health"));
  }

  private Map<String, String> settings(String livekit) {
    Map<String, String> settings = new HashMap<>();
    settings.put("PORT", String.valueOf(port));
    settings.put("MANAGEMENT_PORT", String.valueOf(managementPort));
    settings.put("ADDRESS", "127.0.0.1");
    settings.put("LIVEKIT_URL", livekit);
    settings.put("LIVEKIT_API_KEY", KEY);
    settings.put("LIVEKIT_API_SECRET", API_SECRET);
    settings.put("LIVEKIT_SIP_URI", "livekit.invalid");
    settings.put("LIVEKIT_SIP_USERNAME", "bench");
    settings.put("LIVEKIT_SIP_PASSWORD", "bench-password");
    settings.put("AGENT_NAME", "bench-agent");
    settings.put("JAMBONZ_WEBHOOK_SECRET", Callers.SECRET);
    settings.put("OPS_PASSWORD", PASSWORD);
    settings.put("ROUTES", folder.resolve("routes").toString());
    settings.put("DATABASE_URL", "jdbc:h2:file:" + folder.resolve("records").toAbsolutePath());
    settings.put("GATEWAY_DEADLETTERS_DIRECTORY", folder.resolve("dead-letters").toString());
    return settings;
  }

  /** Starts what does the least, with the same LiveKit. */
  MeasuredProcess forwarder() throws IOException {
    String token = "Bearer " + token();
    return MeasuredProcess.start(
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
    io.livekit.server.AccessToken token = new io.livekit.server.AccessToken(KEY, API_SECRET);
    token.addGrants(new io.livekit.server.RoomCreate(true));
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
