package io.voicegateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicegateway.GatewayTest;
import io.voicegateway.Hooks;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

/** The calls of a running gateway on a terminal. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = {"gateway.ops.user=ops", "gateway.ops.password=s3cret"})
class CallsCommandTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String ONE_CALL =
      """
      {"calls":[{"call_sid":"one","state":"talking","started_at":"2026-11-23T12:00:00Z"}]}""";

  @Value("${local.gateway.port}")
  private int port;

  private final String sid = UUID.randomUUID().toString();
  private Thread following = new Thread();

  @BeforeEach
  void aCall() {
    new Hooks(port).call(Hooks.newCall(sid));
    await().atMost(Duration.ofSeconds(20)).until(() -> run("--state=all", sid) == 0);
  }

  @AfterEach
  void interrupt() throws InterruptedException {
    following.interrupt();
    following.join();
  }

  @Test
  void aListIsATable(CapturedOutput output) {
    assertThat(run()).isZero();

    assertThat(output.getOut().lines().filter(line -> line.contains(sid)))
        .anyMatch(line -> line.contains("dialling") && line.contains("voice-agent"));
    assertThat(output).contains("started (UTC)").doesNotContain("5550002000");
  }

  @Test
  void oneCallIsShownWithItsTimeline(CapturedOutput output) {
    assertThat(run(sid, "--full")).isZero();

    assertThat(output).contains("+15550002000 -> +15550001000", "0 ms  received", "answered");
  }

  @Test
  void callsAreFoundByTheEndOfANumberTheBeginningOfTheirIdAndTheirCause(CapturedOutput output) {
    hooks().event("/livekit-api/dial", failedDial(sid));
    await()
        .atMost(SOON)
        .until(
            () ->
                run("--cause=wrong_password", "--find=" + sid) == 0
                    && !lines(output, sid).isEmpty());

    assertThat(shown(output, "--find=" + sid.substring(0, 9))).contains(sid + "  ");
    assertThat(shown(output, "--find=2000")).contains(sid + "  ");
    assertThat(shown(output, "--cause=no_worker")).doesNotContain(sid);
    assertThat(shown(output, "--find=+1555000", "--state=failed"))
        .contains("No calls.", "not by a number's first digits");
    assertThat(run("--find=20")).isEqualTo(2);
    assertThat(run("--cause=nonsense")).isEqualTo(2);
    assertThat(run("--follow", "--find=2000")).isEqualTo(2);
  }

  @Test
  void theBeginningOfAnIdIsEnoughWhenNoOtherCallHasIt(CapturedOutput output) {
    String twin = sid.substring(0, 13) + UUID.randomUUID().toString().substring(13);
    assertThat(shown(output, sid.substring(0, 13))).contains(sid, "0 ms  received");

    hooks().call(Hooks.newCall(twin));
    await().atMost(SOON).until(() -> run(twin) == 0);

    assertThat(run(sid.substring(0, 13))).isEqualTo(1);
    assertThat(output.getErr()).contains("Several calls begin so: ").contains(sid).contains(twin);
  }

  private String shown(CapturedOutput output, String... words) {
    int before = output.getOut().length();
    assertThat(run(words)).isZero();
    return output.getOut().substring(before);
  }

  @Test
  void jsonIsForMachines(CapturedOutput output) {
    assertThat(run("--json")).isZero();

    assertThat(output).contains("{\"calls\":[{\"call_sid\":\"");
  }

  @Test
  void aProblemIsSaidInOneLine(CapturedOutput output) {
    assertThat(run("unknown")).isEqualTo(1);
    assertThat(run("--password=wrong")).isEqualTo(1);
    assertThat(run("--url=http://127.0.0.1:1")).isEqualTo(1);

    assertThat(output)
        .contains("gateway: Nothing is known of this call.")
        .contains("gateway: Wrong user or password")
        .contains("gateway: No gateway answers at http://127.0.0.1:1");
  }

  // ---- --follow

  @Test
  void theEndOfAFollowedCallIsShownWithItsCause(CapturedOutput output) {
    follow("--limit=1");
    await().atMost(SOON).until(() -> !lines(output, sid).isEmpty());
    IntStream.range(0, 3).forEach(i -> hooks().call(Hooks.newCall(UUID.randomUUID().toString())));

    hooks().event("/livekit-api/dial", failedDial(sid));

    await().atMost(SOON).until(() -> lines(output, sid).size() == 2);
    assertThat(lines(output, sid).get(0)).contains("dialling");
    assertThat(lines(output, sid).get(1)).contains("failed", "password");
  }

  @Test
  void aCallThatCameAndWentBetweenTwoLooksIsShownToo(CapturedOutput output) {
    String shortOne = UUID.randomUUID().toString();
    follow("--state=failed", "--limit=1");
    await().atMost(SOON).until(() -> output.getOut().contains("started (UTC)"));

    hooks().event("/livekit-api/dial", failedDial(shortOne));

    await().atMost(SOON).until(() -> lines(output, shortOne).size() == 1);
    assertThat(lines(output, sid)).isEmpty();
  }

  @Test
  void followingGoesOnWhenTheGatewayWasAwayForAWhile(CapturedOutput output) throws IOException {
    try (MockWebServer restarting = new MockWebServer()) {
      restarting.setDispatcher(always(200, "{\"calls\":[]}"));
      restarting.start();
      follow("--json", "--url=" + restarting.url("/"));
      await().atMost(SOON).until(() -> restarting.getRequestCount() > 2);
      restarting.setDispatcher(always(503, "{\"error\": \"The database does not answer.\"}"));
      int before = restarting.getRequestCount();
      await().atMost(SOON).until(() -> restarting.getRequestCount() > before + 3);
      restarting.setDispatcher(always(200, ONE_CALL));
      await().atMost(SOON).until(() -> output.getOut().contains("\"state\":\"talking\""));
    }

    assertThat(output.getErr().lines().filter(line -> line.startsWith("gateway:")))
        .startsWith(
            "gateway: The database does not answer. It is asked again every second.",
            "gateway: It answers again.");
  }

  @Test
  void followingEndsWhenNoWaitingHelps() {
    assertThat(run("--follow", "--password=wrong")).isEqualTo(1);
    assertThat(run("--follow", "--url=http://127.0.0.1:1")).isEqualTo(1);
    assertThat(run("--follow", "--state=gone")).isEqualTo(2);
  }

  @Test
  void wrongUseIsTold() {
    assertThat(run("--state=gone")).isEqualTo(2);
    assertThat(run(sid, "--follow")).isEqualTo(2);
    assertThat(run("--url=::")).isEqualTo(2);
  }

  /** The command in a thread of its own, until the test ends. */
  private void follow(String... words) {
    String[] all = Stream.concat(Stream.of("--follow"), Stream.of(words)).toArray(String[]::new);
    following = new Thread(() -> run(all));
    following.start();
  }

  private Hooks hooks() {
    return new Hooks(port);
  }

  private static String failedDial(String sid) {
    return """
        {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000", "direction": "inbound",
         "call_status": "failed", "call_termination_by": "jambonz",
         "dial_call_status": "failed", "dial_sip_status": 401}"""
        .formatted(sid);
  }

  private static List<String> lines(CapturedOutput output, String sid) {
    return output.getOut().lines().filter(line -> line.contains(sid + "  ")).toList();
  }

  private static Dispatcher always(int status, String body) {
    return new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        return new MockResponse.Builder().code(status).body(body).build();
      }
    };
  }

  private int run(String... words) {
    Stream<String> login =
        Stream.of("calls", "--url=http://127.0.0.1:" + port, "--user=ops", "--password=s3cret");
    return Main.commands()
        .setOverwrittenOptionsAllowed(true)
        .execute(Stream.concat(login, Stream.of(words)).toArray(String[]::new));
  }
}
