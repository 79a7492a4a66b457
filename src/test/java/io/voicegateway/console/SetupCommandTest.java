package io.voicegateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.sandbox.SandboxLiveKit;
import io.voicegateway.sandbox.SandboxWorker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** From an account to the first good call, and from a bad call to its cause, as it is typed. */
@ExtendWith(OutputCaptureExtension.class)
class SetupCommandTest {

  private static final String SECRET = "secret-secret-secret-secret-secret";

  @TempDir private Path folder;
  private Consumer<String> meanwhile = what -> {};
  private SandboxLiveKit livekit;

  @BeforeEach
  void start() throws IOException {
    livekit = SandboxLiveKit.start(0, "key", SECRET, event -> meanwhile.accept(event.what()));
    System.setProperty("gateway.livekit.url", livekit.url());
    System.setProperty("gateway.livekit.api-key", "key");
    System.setProperty("gateway.livekit.api-secret", SECRET);
  }

  @AfterEach
  void stop() {
    System.clearProperty("gateway.livekit.url");
    System.clearProperty("gateway.livekit.api-key");
    System.clearProperty("gateway.livekit.api-secret");
    livekit.close();
  }

  @Test
  void aPlanIsShownDoneAndThenDone(CapturedOutput output) {
    assertThat(run("setup")).isEqualTo(1);
    assertThat(output).contains("create    inbound trunk", "2 to do: run it again with --apply.");

    assertThat(run("setup", "--apply")).isZero();
    assertThat(output).contains("created inbound trunk ST_", "created dispatch rule SDR_");
    assertThat(output).containsPattern("LIVEKIT_SIP_PASSWORD=\\w{32}");

    assertThat(run("setup")).isZero();
    assertThat(output).contains("Nothing to do.");
  }

  @Test
  void machinesGetOneObject(CapturedOutput output) {
    assertThat(run("setup", "--apply", "--json")).isZero();

    assertThat(output.getOut().lines().filter(line -> line.startsWith("{")))
        .singleElement()
        .asString()
        .contains("\"to_do\":0", "\"done\":[\"created inbound trunk", "\"action\":\"keep\"");
  }

  @Test
  void anIdThatNothingHasIsWrongUse(CapturedOutput output) {
    assertThat(run("setup", "--prune", "ST_none")).isEqualTo(2);
    assertThat(output).contains("LiveKit has no trunk or rule ST_none");
    assertThat(run("setup", "--number", "+15550001000")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--allow 1.2.3.4:5060",
        "--allow 10.0.0.0/33",
        "--allow 0.0.0.0/0",
        "--allow 192.0.2.7 ::/0",
        "--allow 0.0.0.0/1 128.0.0.0/1",
        "--allow sbc.example.test",
        "--jambonz",
        "--json --apply --prune-all-inbound",
      })
  void wrongUseIsRefusedBeforeAnythingIsDone(String words) {
    List<String> all = new ArrayList<>(List.of("setup"));
    all.addAll(List.of(words.split(" ")));

    assertThat(run(all.toArray(String[]::new))).isEqualTo(2);

    assertThat(livekit.count("CreateSIPInboundTrunk")).isZero();
  }

  @Test
  void whatCannotBeAppliedIsNotSaidToBe(CapturedOutput output) {
    livekit.store(
        SIPInboundTrunkInfo.newBuilder()
            .setSipTrunkId("ST_theirs")
            .setAuthUsername("them")
            .setAuthPassword("word")
            .build());

    assertThat(run("setup")).isEqualTo(1);

    assertThat(output)
        .contains("1 in conflict: see the ways out above. 1 to do then.")
        .doesNotContain("--apply.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"setup --apply", "setup --apply --json"})
  void aPasswordThatNoTrunkHasIsTakenBack(String words, CapturedOutput output) {
    meanwhile =
        what -> {
          if (what.equals("CreateSIPInboundTrunk")) {
            livekit.store(
                SIPInboundTrunkInfo.newBuilder()
                    .setSipTrunkId("ST_elder")
                    .setMetadata("{\"managed_by\": \"voice-gateway\"}")
                    .setAuthUsername("voice-gateway")
                    .setAuthPassword("of-the-other-setup")
                    .build());
          }
        };

    assertThat(run(words.split(" "))).isEqualTo(1);

    assertThat(output.getOut())
        .contains(
            "The password that was told is void: another setup", "gave trunk ST_elder its own")
        .doesNotContain("of-the-other-setup");
    if (words.endsWith("--json")) {
      assertThat(output.getOut()).doesNotContain("LIVEKIT_SIP_PASSWORD=");
    }
  }

  @Test
  void aTrunkOfOursWithoutAPasswordGetsOneForMachinesToo(CapturedOutput output) {
    livekit.store(
        SIPInboundTrunkInfo.newBuilder()
            .setSipTrunkId("ST_line")
            .addNumbers("+15550001000")
            .setMetadata("{\"managed_by\": \"voice-gateway\"}")
            .setAuthUsername("me")
            .build());

    assertThat(run("setup", "--apply", "--json")).isZero();

    assertThat(output.getOut()).containsOnlyOnce("LIVEKIT_SIP_PASSWORD=");
  }

  @Test
  void pruningAllListsAndSaysThatItWillAsk(CapturedOutput output) {
    livekit.store(
        SIPInboundTrunkInfo.newBuilder().setSipTrunkId("ST_x").addNumbers("+15550001000").build());

    assertThat(run("setup", "--prune-all-inbound")).isEqualTo(1);

    assertThat(output).contains("delete    inbound trunk ST_x", "--apply asks before it deletes.");
  }

  @Test
  void anOutboundTrunkThatLiveKitDoesNotHaveIsTheDoctorsProblem(CapturedOutput output) {
    System.setProperty("gateway.outbound.trunk", "ST_none");
    try {
      run("doctor");
    } finally {
      System.clearProperty("gateway.outbound.trunk");
    }

    assertThat(output).contains("problem  outbound trunk: LiveKit has no outbound trunk ST_none");
  }

  @Test
  void pruningAllAsksFirst(CapturedOutput output) {
    livekit.store(
        SIPInboundTrunkInfo.newBuilder().setSipTrunkId("ST_x").addNumbers("+15550001000").build());

    assertThat(typing("no\n", "setup", "--apply", "--prune-all-inbound")).isEqualTo(1);
    assertThat(output).contains("delete    inbound trunk ST_x", "Nothing was done.");
    assertThat(typing("yes\n", "setup", "--apply", "--prune-all-inbound")).isZero();
    assertThat(output).contains("deleted inbound trunk ST_x");
  }

  @Test
  void withoutALiveKitThereIsNothingToSetUp(CapturedOutput output) {
    System.clearProperty("gateway.livekit.url");

    assertThat(run("setup")).isEqualTo(1);
    assertThat(output).contains("gateway: LIVEKIT_URL is missing").doesNotContain("at io.voice");
  }

  @Test
  void aLiveKitThatDoesNotAnswerIsNamed(CapturedOutput output) {
    livekit.close();

    assertThat(run("setup", "--apply")).isEqualTo(1);
    assertThat(output).contains("nothing listens there").doesNotContain("at io.voice");
  }

  @Test
  void theDoctorNamesWhatIsMissingAndWhatToDo(CapturedOutput output) {
    assertThat(run("doctor")).isEqualTo(1);

    assertThat(output)
        .contains("problem  settings: LIVEKIT_SIP_URI is missing")
        .contains("ok       LiveKit: the server answers")
        .contains("problem  routing: The gateway's call does not get into its room.")
        .contains("./gateway setup --apply makes the gateway's own")
        .contains("ok       routes: load");
  }

  @Test
  void aWrongSettingKeepsTheDoctorFromNothingElse(CapturedOutput output) {
    Map<String, String> wrong =
        Map.of(
            "gateway.plan.fallback", "nonsense",
            "gateway.sip.uri", "sip:user@host",
            "gateway.sip.transport", "foo",
            "gateway.records.url", "mysql://me:word@db/calls",
            "server.address", "::",
            "MANAGEMENT_PORT", "abc");
    wrong.forEach(System::setProperty);
    try {
      assertThat(run("doctor")).isEqualTo(1);
    } finally {
      wrong.keySet().forEach(System::clearProperty);
    }

    assertThat(output)
        .contains("settings: FALLBACK", "settings: LIVEKIT_SIP_URI", "settings: DATABASE_URL")
        .contains("settings: LIVEKIT_SIP_TRANSPORT", "settings: MANAGEMENT_PORT")
        .contains("skipped  fallback: first correct the number plan")
        .contains("skipped  gateway: first correct MANAGEMENT_PORT")
        .contains("skipped  database: first correct DATABASE_URL")
        .contains("skipped  SIP host: first correct LIVEKIT_SIP_URI and LIVEKIT_SIP_TRANSPORT")
        .contains("ok       LiveKit: the server answers")
        .contains("problem  routing: ")
        .contains("ok       versions: ", "skipped  routes: first correct the settings above")
        .doesNotContain("word@db", "at io.voice");
  }

  @Test
  void allSettingsThatAreMissingAreTold(CapturedOutput output) {
    System.clearProperty("gateway.livekit.api-key");

    assertThat(run("doctor")).isEqualTo(1);

    assertThat(output)
        .contains("settings: LIVEKIT_API_KEY is missing", "settings: LIVEKIT_SIP_URI is missing")
        .contains("skipped  LiveKit: first correct LIVEKIT_API_KEY")
        .contains("routes: load");
    assertThat(run("setup")).isEqualTo(1);
    assertThat(output).contains("gateway: LIVEKIT_API_KEY is missing");
  }

  @Test
  void aWrongPlanStopsASetupWithItsSentence(CapturedOutput output) {
    System.setProperty("gateway.plan.fallback", "nonsense");
    try {
      assertThat(run("setup")).isEqualTo(1);
    } finally {
      System.clearProperty("gateway.plan.fallback");
    }

    assertThat(output).contains("gateway: FALLBACK").doesNotContain("bean");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "caller_hung_up, ended, 0",
    "agent_lost, ended, 0",
    "no_agent, failed, 0",
    "wrong_password, failed, 1",
  })
  void onlyWhatBearsOnAPastCallIsLookedAt(
      String cause, String state, int rooms, CapturedOutput output) throws IOException {
    try (MockWebServer gateway = new MockWebServer()) {
      gateway.start();
      gateway.enqueue(
          new MockResponse.Builder()
              .body(
                  "{\"call_sid\": \"abc\", \"cause_code\": \"%s\", \"state\": \"%s\"}"
                      .formatted(cause, state))
              .build());

      run("doctor", "--call", "abc", "--url", "http://127.0.0.1:" + gateway.getPort());
    }

    assertThat(output.getOut()).contains("call abc: ").doesNotContain("routes: ");
    assertThat(livekit.count("CreateRoom")).isEqualTo(rooms);
    assertThat(livekit.count("ListSIPInboundTrunk")).isEqualTo(rooms);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--worker-url 127.0.0.1:8081",
        "--source-ip sbc.example.test",
        "--call no-such-call --url http://127.0.0.1:PORT",
      })
  void theDoctorRefusesWrongUse(String words) throws IOException {
    try (MockWebServer gateway = new MockWebServer()) {
      gateway.start();
      gateway.enqueue(
          new MockResponse.Builder().code(404).body("{\"error\": \"No such call.\"}").build());
      List<String> all = new ArrayList<>(List.of("doctor"));
      all.addAll(List.of(words.replace("PORT", String.valueOf(gateway.getPort())).split(" ")));

      assertThat(run(all.toArray(String[]::new))).isEqualTo(2);
    }
  }

  @Test
  void theDoctorTriesTheGatewaysCallFromTheAddressThatIsNamed(CapturedOutput output) {
    assertThat(run("setup", "--apply", "--allow", "172.20.0.5")).isZero();
    System.setProperty("gateway.sip.username", "voice-gateway");
    System.setProperty("gateway.sip.password", password(output));
    try {
      run("doctor", "--source-ip", "203.0.113.9");
    } finally {
      System.clearProperty("gateway.sip.username");
      System.clearProperty("gateway.sip.password");
    }

    assertThat(output)
        .contains("The gateway's call coming from 203.0.113.9 does not get into its room")
        .contains("(allowed_addresses)");
  }

  private static String password(CapturedOutput output) {
    return output
        .getOut()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("LIVEKIT_SIP_PASSWORD="))
        .map(line -> line.substring("LIVEKIT_SIP_PASSWORD=".length()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatTheOfflineDoctorFindsOddIsAWarning(CapturedOutput output) throws IOException {
    Path file = folder.resolve("odd.json");
    Files.writeString(
        file,
        "{\"trunks\": [], \"rules\": [{\"sip_dispatch_rule_id\": \"SDR_a\", \"rule\":"
            + " {\"dispatch_rule_callee\": {}}}], \"invite\": {\"to\": \"call-1\"}}");

    assertThat(run("doctor", "--offline", file.toString())).isZero();

    assertThat(output).contains("    warning: It came in on no trunk");
  }

  @Test
  void theDoctorJudgesAFileWithoutAskingAnybody(CapturedOutput output) throws IOException {
    livekit.close();
    Path file = folder.resolve("case.json");
    Files.writeString(
        file, "{\"trunks\": [], \"rules\": [], \"invite\": {\"from\": \"1\", \"to\": \"2\"}}");

    assertThat(run("doctor", "--offline", file.toString(), "--json")).isEqualTo(1);
    assertThat(output).contains("\"outcome\" : \"dropped\"", "\"final_code\" : null");
    assertThat(typing("nonsense", "doctor", "--offline", "-")).isEqualTo(2);
    assertThat(run("doctor", "--offline", "none.json")).isEqualTo(2);
  }

  @Test
  void aCaseThatCannotBeReadIsNamedAndTheOthersAreJudged(CapturedOutput output) throws IOException {
    Path file = folder.resolve("cases.json");
    Files.writeString(
        file,
        "[{\"case\": \"a\", \"trunks\": [], \"rules\": [], \"invite\": {\"to\": \"2\"}},"
            + " {\"case\": \"b\", \"trunks\": 5}]");

    assertThat(run("doctor", "--offline", file.toString(), "--json")).isEqualTo(2);

    assertThat(output.getOut()).contains("\"case\" : \"a\"").doesNotContain("\"case\" : \"b\"");
    assertThat(output.getErr()).contains("cases.json: b: trunks must be a list");
  }

  @Test
  void aKeyThatNobodyReadsIsWarnedOfBesideTheJudgement(CapturedOutput output) throws IOException {
    Path file = folder.resolve("slip.json");
    Files.writeString(
        file, "{\"trunks\": [], \"rules\": [], \"invite\": {\"to\": \"2\", \"form\": \"1\"}}");

    assertThat(run("doctor", "--offline", file.toString(), "--json")).isEqualTo(1);

    assertThat(output.getOut()).contains("\"outcome\" : \"dropped\"").doesNotContain("form");
    assertThat(output.getErr())
        .contains("slip.json: warning: case 1: invite.form is unknown and ignored");
  }

  @Test
  void namesOfOthersDoNotSteerTheTerminal(CapturedOutput output) throws IOException {
    String name = "x\u001b[2J\u009b31m";
    livekit.store(
        SIPInboundTrunkInfo.newBuilder()
            .setSipTrunkId("ST_x")
            .setName(name)
            .addNumbers("+15550001000")
            .build());
    Path file = folder.resolve("case.json");
    Files.writeString(
        file,
        "{\"trunks\": [{\"sip_trunk_id\": \"ST_a\", \"name\": \"x\\u001b[2J\", \"numbers\": [\"1\"]}],"
            + " \"rules\": [], \"invite\": {\"to\": \"2\"}}");

    run("doctor", "--offline", file.toString());
    run("setup");
    run("doctor", "--to", "+15550002000");

    assertThat(output.getOut()).contains("x?[2J?31m").doesNotContain("\u001b[2J", "\u009b");
  }

  @Test
  void theAgentIsProbedAndItsWorkerAsked(CapturedOutput output) throws IOException {
    livekit.register(SandboxWorker.named("voice-agent"));
    try (MockWebServer worker = new MockWebServer()) {
      worker.start();
      worker.enqueue(new MockResponse.Builder().body("{\"agent_name\": \"another\"}").build());

      run("doctor", "--probe-agent", "--worker-url", worker.url("/").toString());
    }

    assertThat(output)
        .contains("ok       agent: voice-agent came and can be heard after")
        .contains("problem  agent: the worker is another, with 0 calls and a load of 0.00, not");
  }

  @Test
  void theDoctorSaysWhatItMakes(CapturedOutput output) {
    assertThat(run("doctor", "--help")).isZero();

    assertThat(output.getOut().replaceAll("\\s+", " "))
        .contains("one empty room that it makes and deletes, to which no agent is asked");
  }

  private static int run(String... words) {
    return Main.commands().execute(words);
  }

  private static int typing(String text, String... words) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      return run(words);
    } finally {
      System.setIn(before);
    }
  }
}
