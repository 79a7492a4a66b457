package io.voicegateway;

import static org.awaitility.Awaitility.await;

import io.voicegateway.console.Main;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A gateway in a process of its own, for tests of how it ends. */
final class GatewayProcess implements AutoCloseable {

  private final Process process;
  private final int port;
  private final int managementPort;

  private GatewayProcess(Process process, int port, int managementPort) {
    this.process = process;
    this.port = port;
    this.managementPort = managementPort;
  }

  /**
   * Starts one and waits until it serves.
   *
   * @param folder where it keeps what it must not forget
   */
  static GatewayProcess start(Path folder, String livekit) throws IOException {
    int port = freePort();
    int managementPort = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    builder
        .environment()
        .putAll(
            Map.ofEntries(
                Map.entry("PORT", String.valueOf(port)),
                Map.entry("MANAGEMENT_PORT", String.valueOf(managementPort)),
                Map.entry("ADDRESS", "127.0.0.1"),
                Map.entry("LIVEKIT_URL", livekit),
                Map.entry("LIVEKIT_API_KEY", "devkey"),
                Map.entry("LIVEKIT_API_SECRET", "secret-secret-secret-secret-secret"),
                Map.entry("LIVEKIT_SIP_URI", "livekit.invalid"),
                Map.entry("LIVEKIT_SIP_USERNAME", "gateway"),
                Map.entry("LIVEKIT_SIP_PASSWORD", "sip-password"),
                Map.entry("JAMBONZ_WEBHOOK_SECRET", "wh_secret"),
                Map.entry("AGENT_NAME", "voice-agent"),
                Map.entry("OPS_PASSWORD", "s3cret"),
                Map.entry("GATEWAY_RECORDS_DIRECTORY", folder.resolve("data").toString()),
                Map.entry("GATEWAY_DEADLETTERS_DIRECTORY", folder.resolve("letters").toString())));
    GatewayProcess gateway = new GatewayProcess(builder.start(), port, managementPort);
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptions()
        .until(() -> gateway.process.isAlive() && gateway.readiness() == 200);
    return gateway;
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  Hooks hooks() {
    return new Hooks(port);
  }

  int readiness() {
    return new Hooks(managementPort).get("/health/readiness").status();
  }

  List<String> letters() {
    return Hooks.ofOperator(managementPort)
        .get("/dead-letters?limit=500")
        .json()
        .findValuesAsText("call_sid");
  }

  /** As an operating system asks it to end. */
  void end() {
    process.destroy();
  }

  /** As one that has no memory left ends it. */
  void kill() {
    process.destroyForcibly();
  }

  void awaitEnd() {
    await().atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitEnd();
  }
}
