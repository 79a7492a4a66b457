package io.voicegateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.GatewayTest;
import io.voicegateway.Hooks;
import io.voicegateway.Hooks.Reply;
import io.voicegateway.StubbedLiveKit;
import io.voicegateway.jambonz.Signing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import livekit.LivekitModels.Room;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Whatever happens, no secret and no whole number is seen by those who may not see it. */
@GatewayTest
@AutoConfigureObservability(tracing = false)
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
    properties = {
      "gateway.jambonz.webhook-secrets=zq-webhook-secret",
      "gateway.sip.username=voice-gateway",
      "gateway.sip.password=zq-sip-password",
      "gateway.ops.password=zq-ops-password",
      "gateway.ops.viewer-password=zq-viewer-password",
      "gateway.jambonz-api.account-sid=account-1",
      "gateway.jambonz-api.key=zq-jambonz-key",
      "gateway.records.url=jdbc:h2:mem:secrets;USER=gateway;PASSWORD=zq-database-password",
      "gateway.plan.file=src/test/resources/transfer-plan.yaml",
      "gateway.jambonz.public-url=https://gateway.example.test",
      "gateway.dead-letters.directory=target/dead-letters/secrets"
    })
class SecretsTest {

  /** Begins everything that nobody may see; nothing else has it. */
  private static final String MARK = "zq-";

  private static final String CALLER = "+14155550173";
  private static final String REFUSED = "+19005550184";

  /** Of the numbers as much as every form of them has. */
  private static final List<String> DIGITS =
      List.of("4155550", "155550173", "9005550", "005550184");

  private static final Path LETTERS = Path.of("target/dead-letters/secrets");
  private static final String OPERATOR = basic("ops:zq-ops-password");
  private static final MockWebServer LIVEKIT = new MockWebServer();
  private static final MockWebServer JAMBONZ = new MockWebServer();

  private static volatile int livekitAnswers = 200;

  @DynamicPropertySource
  static void others(DynamicPropertyRegistry properties) throws IOException {
    StubbedLiveKit.start(LIVEKIT, answers(() -> livekitAnswers), properties);
    properties.add("gateway.livekit.api-key", () -> "zq-livekit-key");
    properties.add("gateway.livekit.api-secret", () -> "zq-livekit-secret-zq-livekit-secret");
    properties.add("gateway.jambonz.unsigned-allowed", () -> "false");
    JAMBONZ.setDispatcher(answers(() -> 500));
    JAMBONZ.start();
    properties.add("gateway.jambonz-api.url", () -> JAMBONZ.url("/").toString());
  }

  @AfterAll
  static void stop() {
    LIVEKIT.close();
    JAMBONZ.close();
  }

  @Value("${local.gateway.port}")
  private int port;

  @Value("${local.server.port}")
  private int management;

  private final Log log = new Log();
  private Hooks hooks;
  private Hooks operators;

  @BeforeEach
  void begin() {
    hooks = new Hooks(port);
    operators = new Hooks(management);
    livekitAnswers = 200;
    Hooks.burnLetters(LETTERS);
    log.begin();
  }

  @AfterEach
  void end() {
    log.end();
  }

  @Test
  void noSecretAndNoNumberIsInTheLogOrInAnyListing(CapturedOutput output) throws IOException {
    String sid = aGoodCall();
    String failed = aCallWithoutLiveKit();
    whatIsRefused(sid);
    whatCannotBeRead();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> operator("/console/calls").contains(failed) && letters().size() >= 4);

    Map<String, String> seen = new LinkedHashMap<>();
    for (String path : pages(sid, failed)) {
      seen.put(path, operator(path));
    }
    for (String path : List.of("?state=all", "/" + sid, "/" + failed)) {
      seen.put(
          "public " + path,
          hooks.get("/livekit-api/calls" + path, "Authorization", OPERATOR).body());
    }
    for (String id : letterIds()) {
      String replay = "/dead-letters/" + id + "/replay";
      seen.put(replay, operators.post(replay, new byte[0], "", "Authorization", OPERATOR).body());
    }
    commands();

    seen.put("the log", log.text());
    seen.put("the terminal", output.getAll());
    assertThat(seen.get("/prometheus")).contains("gateway_dead_letters_total");
    assertThat(seen.get("/dead-letters")).contains("***173");
    assertNothingIsSeen(seen);
  }

  @Test
  void aLettersOriginalIsForItsOwnerAlone() throws IOException {
    aCallWithoutLiveKit();

    await().until(() -> !letters().isEmpty());
    assertThat(letters()).anySatisfy(letter -> assertThat(letter.toString()).contains(CALLER));
    assertThat(letters().toString()).doesNotContain("zq-webhook", "zq-livekit", "v1=");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(LETTERS)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(LETTERS)) {
      assertThat(files.toList())
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  /** As they are sent, also such as no HTTP client would send. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /nowhere?token=zq-asked HTTP/1.1",
        "GET /livekit-api HTTP/1.1",
        "GET /livekit-api/calls/zq-asked HTTP/1.1",
        "GET /console/calls/zq-asked HTTP/1.1",
        "GET /dead-letters/zq-asked HTTP/1.1",
        "DELETE /outage HTTP/1.1",
        "TRACE / HTTP/1.1",
        "TRACE /livekit-api HTTP/1.1",
        "POST /livekit-events HTTP/1.1",
        "POST /livekit-api/refer HTTP/1.1",
        "GET /%zz-zq-asked HTTP/1.1",
        "GET /..%2f..%2fzq-asked HTTP/1.1",
        "GET /sounds/..%2f..%2fzq-asked HTTP/1.1",
        "GET /{zq-asked} HTTP/1.1",
        "zq-asked / HTTP/1.1",
        "GET / HTTP/9.9",
        "GET /\u0000zq-asked HTTP/1.1"
      })
  void noErrorPageRepeatsWhatWasSent(String request) throws IOException {
    for (int each : List.of(port, management)) {
      String answer = raw(each, request);

      assertThat(answer).matches("(?s)HTTP/\\d\\.\\d (?:[34]\\d\\d|50[15]) .*");
      String page = answer.replaceFirst("(?im)^location: .*$", "");
      assertThat(page).as(request).doesNotContain(MARK).doesNotContain("\tat ", "Exception");
    }
    assertNothingIsSeen(Map.of("the log", log.text()));
  }

  private String aGoodCall() {
    String sid = UUID.randomUUID().toString();
    assertThat(call(sid).verbs()).isEqualTo("dial hangup");
    signed(
        "/livekit-api/status",
        """
        {"call_sid": "%s", "from": "%s", "to": "+15550001000", "call_status": "in-progress",
         "sip_status": 200, "fs_sip_address": "192.0.2.1"}"""
            .formatted(sid, CALLER));
    return sid;
  }

  private String aCallWithoutLiveKit() {
    String sid = "";
    for (int status : new int[] {401, 500, 503}) {
      livekitAnswers = status;
      sid = UUID.randomUUID().toString();
      call(sid);
    }
    livekitAnswers = 200;
    return sid;
  }

  private void whatIsRefused(String sid) {
    String body = hook(sid);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    long now = Instant.now().getEpochSecond();
    for (String header :
        List.of(
            "zq-nonsense",
            "t=zq-time,v1=zq-hex",
            Signing.header("zq-another", now, bytes),
            Signing.header("zq-webhook-secret", now - 1000, bytes))) {
      hooks.call("/livekit-api", bytes, "application/json", "Jambonz-Signature", header);
    }
    hooks.post("/livekit-events", bytes, "application/json", "Authorization", "zq-token");
    hooks.post("/livekit-events", bytes, "application/json", "Authorization", "eyJhIjoxfQ.zq-.zq-");
    signed(
        "/livekit-api/refer",
        """
        {"call_sid": "%s", "refer_details": {"sip_refer_to": "<tel:%s>", "refer_to_user": "%s"}}"""
            .formatted(sid, REFUSED, REFUSED));
    for (String wrong : List.of("ops:zq-guess", "zq-user:zq-guess", "zq-no-colon")) {
      hooks.get("/livekit-api/calls", "Authorization", basic(wrong));
      operators.get("/outage", "Authorization", basic(wrong));
    }
    operators.post(
        "/login",
        "username=zq-user&password=zq-guess".getBytes(StandardCharsets.UTF_8),
        "application/x-www-form-urlencoded");
    for (String path : List.of("", "/" + sid + "/transfer", "/" + sid + "/invite")) {
      for (String number : List.of(REFUSED, CALLER)) {
        hooks.post(
            "/livekit-api/calls" + path,
            "{\"to\": \"%s\", \"from\": \"%s\"}"
                .formatted(number, CALLER)
                .getBytes(StandardCharsets.UTF_8),
            "application/json",
            "Authorization",
            OPERATOR);
      }
    }
    hooks.post(
        "/livekit-api/calls/" + sid + "/transfer",
        "{\"to\": \"sales\"}".getBytes(StandardCharsets.UTF_8),
        "application/json",
        "Authorization",
        OPERATOR);
  }

  private void whatCannotBeRead() {
    String broken = hook("broken").replaceFirst("}$", "");
    for (String path : List.of("/livekit-api", "/livekit-api/status", "/livekit-api/refer")) {
      signed(path, broken);
      signed(path, hook("../../" + CALLER));
    }
    signed("/livekit-api", "from=%s&to=%s".formatted(CALLER, REFUSED));
  }

  private void commands() {
    String url = "--url=http://127.0.0.1:";
    for (List<String> words :
        List.of(
            List.of("dead-letters", "list", url + management),
            List.of("dead-letters", "list", "--json", url + management),
            List.of("dead-letters", "show", letterIds().get(0), url + management),
            List.of("outage", url + management),
            List.of("calls", "--state=all", url + port),
            List.of("calls", "--state=all", "--json", url + port))) {
      List<String> all = new ArrayList<>(words);
      all.add("--password=zq-ops-password");
      Main.commands().execute(all.toArray(String[]::new));
    }
  }

  private static List<String> letterIds() {
    return letters().stream().map(letter -> letter.path("id").asText()).toList();
  }

  private static List<String> pages(String sid, String failed) {
    List<String> pages =
        new ArrayList<>(
            List.of(
                "/",
                "/prometheus",
                "/health",
                "/routes",
                "/outage",
                "/refused",
                "/dead-letters",
                "/console/calls",
                "/console/calls?q=173",
                "/console/letters",
                "/console/routes",
                "/console/doctor",
                "/console/switches",
                "/console/calls/" + sid,
                "/console/calls/" + failed,
                "/jolokia/version",
                "/hawtio/"));
    letterIds()
        .forEach(id -> pages.addAll(List.of("/dead-letters/" + id, "/console/letters/" + id)));
    return pages;
  }

  private static void assertNothingIsSeen(Map<String, String> texts) {
    assertThat(texts.entrySet().stream().flatMap(text -> seen(text.getKey(), text.getValue())))
        .isEmpty();
  }

  private static Stream<String> seen(String where, String text) {
    return text.lines()
        .filter(
            line -> {
              String dense = line.replaceAll("(?<=\\d)[ ().-]+(?=\\d)", "");
              return line.contains(MARK) || DIGITS.stream().anyMatch(dense::contains);
            })
        .map(line -> where + ": " + line);
  }

  private Reply call(String sid) {
    return Hooks.playable(signed("/livekit-api", hook(sid)));
  }

  private static String hook(String sid) {
    return """
        {"call_sid": "%s", "direction": "inbound", "from": "%s", "to": "+15550001000",
         "caller_name": "zq-name", "env_vars": {"openai_key": "zq-variable"},
         "sip": {"headers": {"from": "<sip:%s@192.0.2.1>"}}}"""
        .formatted(sid, CALLER, CALLER);
  }

  private Reply signed(String path, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return hooks.post(
        path,
        bytes,
        "application/json",
        "Jambonz-Signature",
        Signing.header("zq-webhook-secret", Instant.now().getEpochSecond(), bytes));
  }

  private String operator(String path) {
    return operators.get(path, "Authorization", OPERATOR).body();
  }

  private static List<JsonNode> letters() {
    return Hooks.letters(LETTERS);
  }

  private static String raw(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              (request
                      + "\r\nHost: gateway\r\nConnection: close\r\nAccept: text/html\r\n"
                      + "Authorization: Basic zq-login\r\nCookie: gateway-session=zq-cookie\r\n"
                      + "Jambonz-Signature: zq-signature\r\nX-Signature: zq-signature\r\n"
                      + "Content-Length: 0\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  private static Dispatcher answers(IntSupplier status) {
    return new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        int code = status.getAsInt();
        String token = String.valueOf(request.getHeaders().get("Authorization"));
        return code == 200
            ? new MockResponse.Builder()
                .addHeader("Content-Type", "application/protobuf")
                .body(new Buffer().write(Room.newBuilder().setSid("RM_1").build().toByteArray()))
                .build()
            : new MockResponse.Builder()
                .code(code)
                .addHeader("Content-Type", "application/json")
                .body("{\"code\":\"internal\",\"msg\":\"" + CALLER + " by " + token + "\"}")
                .build();
      }
    };
  }

  /** What the gateway's own code says at most, with the traces of failures. */
  private static final class Log extends AppenderBase<ILoggingEvent> {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.voicegateway");
    private final Level usual = ours.getLevel();

    void begin() {
      ours.setLevel(Level.DEBUG);
      start();
      root.addAppender(this);
    }

    void end() {
      root.detachAppender(this);
      ours.setLevel(usual);
    }

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(
          event.getFormattedMessage()
              + event.getMDCPropertyMap()
              + ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }

    String text() {
      return String.join("\n", lines);
    }
  }
}
