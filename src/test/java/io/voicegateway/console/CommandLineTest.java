package io.voicegateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

/** What an operator types and what he gets. */
@ExtendWith(OutputCaptureExtension.class)
class CommandLineTest {

  @TempDir private Path folder;

  @Test
  void tryShowsACallFromThePhoneToTheAgent(CapturedOutput output) {
    assertThat(run("try", "--once")).isZero();

    assertThat(output)
        .contains("POST /livekit-api", "CreateRoom", "joins the room", "dial sip:call-")
        .contains("completed/200", "The caller was answered");
  }

  @Test
  void tryShowsTheOtherWayInToo(CapturedOutput output) {
    System.setProperty("gateway.plan.connect", "callback");
    try {
      assertThat(run("try", "--once")).isZero();
    } finally {
      System.clearProperty("gateway.plan.connect");
    }

    assertThat(output)
        .containsPattern("LiveKit -> Jambonz +INVITE anonymous -> gateway-")
        .containsOnlyOnce("POST /livekit-api/waiting")
        .contains("POST /livekit-api/callback", "tag, conference, hangup")
        .contains("The caller was answered and heard: agent");
  }

  @Test
  void tryShowsAMisspeltAgentWhenItIsSaidWhichAreThere(CapturedOutput output) {
    assertThat(run("try", "--once", "--agents=front-desk,voice-agnet")).isEqualTo(1);

    assertThat(output)
        .contains("no worker registered as voice-agent")
        .contains("The caller was not answered");
  }

  @Test
  void nobodyElseIsToldOfACallOnTheSandbox() throws IOException {
    Path told = folder.resolve("told");
    Path routes = copyOfRoutes();
    edit(
        routes.resolve("call-event.camel.yaml"),
        "        # - to: direct:post-call-event\n",
        "        - to: \"file:" + told + "\"\n");
    System.setProperty("gateway.routes", routes.toString());
    try {
      assertThat(run("try", "--once")).isZero();
    } finally {
      System.clearProperty("gateway.routes");
    }

    assertThat(told).doesNotExist();
  }

  @Test
  void simulateShowsTheVerbs(CapturedOutput output) throws IOException {
    Path hook = Files.writeString(folder.resolve("hook.json"), "{\"call_sid\": \"abc\"}");

    assertThat(run("simulate", hook.toString(), "--json")).isZero();

    assertThat(output).contains("\"ok\":true", "\"verb\":\"dial\"", "sip:call-abc@");
  }

  @Test
  void simulateShowsWhatWasDecidedBeforeTheVerbs(CapturedOutput output) throws IOException {
    Path hook =
        Files.writeString(
            folder.resolve("hook.json"),
            """
            {"call_sid": "abc", "direction": "inbound", "from": "030 12345671", "to": "+15550001000",
             "env_vars": {"country": "DE", "agent": "front-desk"}}""");

    assertThat(run("simulate", hook.toString())).isZero();

    assertThat(output.getOut())
        .containsSubsequence(
            "from         030 12345671 -> +493012345671",
            "to           +15550001000",
            "plan         *",
            "agent        front-desk",
            "connect      dial",
            "fallback     ",
            "rung         room",
            "\"verb\" : \"dial\"",
            "ok: Jambonz would run this answer");
  }

  @Test
  void simulateTakesAHookOutOfADeadLetter(CapturedOutput output) throws IOException {
    Path letter =
        Files.writeString(
            folder.resolve("letter.json"),
            """
            {"id": "1", "route": "livekit-api", "step": "create-room", "cause": "LiveKit is down",
             "body": "{\\"call_sid\\": \\"abc\\", \\"to\\": \\"+15550001000\\"}"}""");

    assertThat(run("simulate", letter.toString(), "--json")).isZero();

    assertThat(output).contains("sip:call-abc@", "\"passed_on\":\"+15550001000\"");
  }

  @Test
  void simulateTakesTheEndOfADialToo(CapturedOutput output) throws IOException {
    Path hook =
        Files.writeString(
            folder.resolve("hook.json"),
            """
            {"call_sid": "abc", "direction": "inbound", "from": "+15550002000", "to": "+15550001000",
             "call_status": "trying", "dial_call_status": "failed", "dial_sip_status": 503}""");

    assertThat(run("simulate", hook.toString(), "--to", "/livekit-api/dial", "--json")).isZero();

    assertThat(output).contains("\"verb\":\"sip:decline\"").doesNotContain("\"verb\":\"dial\"");
  }

  @Test
  void simulateNeedsAFileThatIsThere(CapturedOutput output) {
    assertThat(run("simulate", "none.json")).isEqualTo(2);
    assertThat(output).contains("cannot read none.json");
  }

  @Test
  void routesCheckIsContentWithTheRoutesAsTheyAre(CapturedOutput output) {
    assertThat(run("routes", "check")).isZero();
    assertThat(output).contains("ok: Jambonz would run this answer");
  }

  @Test
  void routesCheckNamesTheFileAndTheLineOfAMistake(CapturedOutput output) throws IOException {
    Path routes = copyOfRoutes();
    edit(routes.resolve("livekit-api.camel.yaml"), "- bean:", "- baen:");

    assertThat(run("routes", "check", "--routes", routes.toString())).isEqualTo(1);

    assertThat(output).contains("livekit-api.camel.yaml").contains("baen");
  }

  @Test
  void routesCheckNamesALadderWhoseRouteIsNotThere(CapturedOutput output) {
    System.setProperty("gateway.plan.fallback", "route:nowhere, notice");
    try {
      assertThat(run("routes", "check")).isEqualTo(1);
    } finally {
      System.clearProperty("gateway.plan.fallback");
    }

    assertThat(output).contains("direct:nowhere", "the fallback of * has route:nowhere");
  }

  @Test
  void routesCheckRefusesAnAnswerThatJambonzWouldRefuse(CapturedOutput output) throws IOException {
    Path routes = copyOfRoutes();
    answer(routes, "'[{\"verb\": \"fly\"}]'");

    assertThat(run("routes", "check", "--routes", routes.toString())).isEqualTo(1);

    assertThat(output).contains("problem: Jambonz would refuse this answer");
  }

  @Test
  void routesCheckSeesAnAnswerWithoutVerbsBehindTheFallback(CapturedOutput output)
      throws IOException {
    Path routes = copyOfRoutes();
    answer(routes, "'[ ]'");

    assertThat(run("routes", "check", "--routes", routes.toString())).isEqualTo(1);

    assertThat(output.getOut())
        .contains("problem: the routes left the caller nothing to play")
        .doesNotContain("WARN", "ERROR");
    assertThat(output.getErr()).contains("ERROR The route livekit-api left");
  }

  @Test
  void routesCheckSeesAStepThatFailsBehindAPlayableAnswer(CapturedOutput output)
      throws IOException {
    Path routes = copyOfRoutes();
    edit(
        routes.resolve("livekit-api.camel.yaml"),
        "uri: direct:register-call\n                - bean",
        "uri: bean:callPlanner?method=plan\n                - bean");

    assertThat(run("routes", "check", "--routes", routes.toString())).isEqualTo(1);

    assertThat(output).contains("problem: step register-call of route livekit-api failed");
  }

  @Test
  void aRouteThatDoesNotLoadIsToldToMachinesToo(CapturedOutput output) throws IOException {
    Path routes = copyOfRoutes();
    edit(
        routes.resolve("livekit-api.camel.yaml"),
        "ref: hookReader\n            method: read",
        "ref: hookRaeder\n            method: read");

    assertThat(run("routes", "check", "--json", "--routes", routes.toString())).isEqualTo(1);

    assertThat(output.getOut()).contains("{\"ok\":false,\"problem\":\"");
    assertThat(output.getOut()).contains("livekit-api.camel.yaml:17: there is no bean hookRaeder");
  }

  @Test
  void everyWordHasItsHelp(CapturedOutput output) {
    for (List<String> words :
        List.of(
            List.of("run"),
            List.of("try"),
            List.of("simulate"),
            List.of("calls"),
            List.of("outage"),
            List.of("routes", "check"))) {
      String[] help = Stream.concat(words.stream(), Stream.of("--help")).toArray(String[]::new);
      assertThat(run(help)).isZero();
    }
    assertThat(output).contains("Usage: gateway routes check");
  }

  @Test
  void anUnknownWordIsWrongUse() {
    assertThat(run("fly")).isEqualTo(2);
    assertThat(run("routes")).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "doctor --bogus| Unknown option: '--bogus'| ./gateway doctor --help",
        "calls --limit=many| Invalid value for option '--limit'| ./gateway calls --help",
        "simulate| Missing required parameter: 'FILE'| ./gateway simulate --help",
        "routes| routes needs a word: check| ./gateway routes --help",
        "fly| Unmatched argument at index 0: 'fly'| ./gateway --help",
      })
  void wrongUseIsTwoLines(String words, String wrong, String hint, CapturedOutput output) {
    assertThat(run(words.split(" "))).isEqualTo(2);

    assertThat(output.getOut()).isEmpty();
    assertThat(output.getErr().lines())
        .hasSize(2)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("gateway: ").contains(wrong),
            second -> assertThat(second).isEqualTo(hint + " shows how it is used."));
  }

  private static int run(String... words) {
    return Main.commands().execute(words);
  }

  private Path copyOfRoutes() throws IOException {
    Path copy = folder.resolve("routes");
    FileSystemUtils.copyRecursively(Path.of("routes"), copy);
    return copy;
  }

  private static void answer(Path routes, String json) throws IOException {
    edit(
        routes.resolve("answers.camel.yaml"),
        "        - removeHeaders:\n            id: drop-headers\n",
        "        - setBody:\n            constant: "
            + json
            + "\n        - removeHeaders:\n            id: drop-headers\n");
  }

  private static void edit(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }
}
