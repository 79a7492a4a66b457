package io.voicegateway;

import io.voicegateway.Hooks.Reply;
import io.voicegateway.console.Main;
import io.voicegateway.jambonz.Signing;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A gateway in a process of its own, for tests of how it ends. */
public final class GatewayProcess implements AutoCloseable {

  /** The login at its LiveKit. */
  public static final String API_KEY = "devkey";

  public static final String API_SECRET = "secret-secret-secret-secret-secret";

  /** By which its hooks are signed. */
  public static final String WEBHOOK_SECRET = "wh_secret";

  /** The login of its calls at LiveKit's SIP, and the agent whom they are for. */
  public static final String SIP_USERNAME = "gateway";

  public static final String SIP_PASSWORD = "sip-password";
  public static final String AGENT = "voice-agent";

  private final ServerProcess process;
  private final int port;
  private final int managementPort;

  private GatewayProcess(ServerProcess process, int port, int managementPort) {
    this.process = process;
    this.port = port;
    this.managementPort = managementPort;
  }

  /**
   * Starts one from the classes of this build and waits until it serves.
   *
   * @param folder where it keeps what it must not forget
   * @param options of its JVM
   */
  public static GatewayProcess start(Path folder, String livekit, String... options)
      throws IOException {
    int port = ServerProcess.freePort();
    int managementPort = ServerProcess.freePort();
    List<String> command =
        new ArrayList<>(
            List.of(ServerProcess.java("java"), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(options));
    command.add(Main.class.getName());
    ServerProcess process =
        ServerProcess.start(
            command,
            settings(port, managementPort, folder, livekit),
            folder.resolve("log"),
            URI.create("http://127.0.0.1:" + managementPort + "/health/readiness"));
    return new GatewayProcess(process, port, managementPort);
  }

  /** Environment variables of one with a LiveKit, whose operator {@link Hooks#ofOperator} is. */
  public static Map<String, String> settings(
      int port, int managementPort, Path folder, String livekit) {
    Map<String, String> settings = new HashMap<>();
    settings.put("PORT", String.valueOf(port));
    settings.put("MANAGEMENT_PORT", String.valueOf(managementPort));
    settings.put("ADDRESS", "127.0.0.1");
    settings.put("LIVEKIT_URL", livekit);
    settings.put("LIVEKIT_API_KEY", API_KEY);
    settings.put("LIVEKIT_API_SECRET", API_SECRET);
    settings.put("LIVEKIT_SIP_URI", "livekit.invalid");
    settings.put("LIVEKIT_SIP_USERNAME", SIP_USERNAME);
    settings.put("LIVEKIT_SIP_PASSWORD", SIP_PASSWORD);
    settings.put("JAMBONZ_WEBHOOK_SECRET", WEBHOOK_SECRET);
    settings.put("AGENT_NAME", AGENT);
    settings.put("OPS_PASSWORD", "s3cret");
    settings.put("GATEWAY_RECORDS_DIRECTORY", folder.resolve("data").toAbsolutePath().toString());
    settings.put(
        "GATEWAY_DEADLETTERS_DIRECTORY", folder.resolve("letters").toAbsolutePath().toString());
    return settings;
  }

  public ServerProcess process() {
    return process;
  }

  /** Its public port. */
  public int port() {
    return port;
  }

  Hooks hooks() {
    return new Hooks(port);
  }

  int readiness() {
    return new Hooks(managementPort).get("/health/readiness").status();
  }

  /** The value of a metric. */
  double metric(String name) {
    return Hooks.ofOperator(managementPort)
        .get("/prometheus")
        .body()
        .lines()
        .filter(line -> line.matches(name + "(\\{.*)? .*"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll(".* ", "")))
        .sum();
  }

  /** A new call, signed. */
  Reply call(String sid) {
    return callWith(Hooks.newCall(sid).getBytes(StandardCharsets.UTF_8));
  }

  /** The same with a hook of one's own. */
  Reply callWith(byte[] hook) {
    return hooks()
        .call(
            "/livekit-api",
            hook,
            "application/json",
            "Jambonz-Signature",
            Signing.header(WEBHOOK_SECRET, System.currentTimeMillis() / 1000, hook));
  }

  List<String> letters() {
    return Hooks.ofOperator(managementPort)
        .get("/dead-letters?limit=500")
        .json()
        .findValuesAsText("call_sid");
  }

  /** As an operating system asks it to end. */
  void end() {
    process.end();
  }

  /** As one that has no memory left ends it. */
  void kill() {
    process.kill();
  }

  void awaitEnd() {
    process.awaitEnd();
  }

  @Override
  public void close() {
    process.kill();
    process.awaitEnd();
  }
}
