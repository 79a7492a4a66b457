package io.voicegateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.sandbox.SandboxLiveKit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import livekit.LivekitSip.SIPInboundTrunkInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** From an account to the first good call, and from a bad call to its cause, as it is typed. */
@ExtendWith(OutputCaptureExtension.class)
class SetupCommandTest {

  private static final String SECRET = "secret-secret-secret-secret-secret";

  @TempDir private Path folder;
  private SandboxLiveKit livekit;

  @BeforeEach
  void start() throws IOException {
    livekit = SandboxLiveKit.start(0, "key", SECRET, event -> {});
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
