package io.voicegateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.sandbox.SandboxLiveKit;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Commands about one of several projects, as they are typed. */
@ExtendWith(OutputCaptureExtension.class)
class ProjectCommandTest {

  private static final String SECRET = "secret-secret-secret-secret-secret";

  private final Map<String, String> settings = new LinkedHashMap<>();
  private SandboxLiveKit first;
  private SandboxLiveKit eu;

  @BeforeEach
  void start() throws IOException {
    first = SandboxLiveKit.start(0, "key", SECRET, event -> {});
    eu = SandboxLiveKit.start(0, "key-of-eu", SECRET, event -> {});
    settings.put("gateway.livekit.url", first.url());
    settings.put("gateway.livekit.api-key", "key");
    settings.put("gateway.livekit.api-secret", SECRET);
    settings.put("gateway.projects.eu.livekit.url", eu.url());
    settings.put("gateway.projects.eu.livekit.api-key", "key-of-eu");
    settings.put("gateway.projects.eu.livekit.api-secret", SECRET);
    settings.put("gateway.projects.eu.agent", "agent-of-eu");
    settings.forEach(System::setProperty);
  }

  @AfterEach
  void stop() {
    settings.keySet().forEach(System::clearProperty);
    first.close();
    eu.close();
  }

  @Test
  void setupMakesTrunkAndRuleInTheProjectAloneAndTellsItsSettingsByTheirPaths(
      CapturedOutput output) {
    assertThat(run("setup", "--apply", "--project", "eu")).isZero();

    assertThat(output)
        .containsPattern("gateway\\.projects\\.eu\\.sip\\.password=\\w{32}")
        .contains("gateway.projects.eu.sip.username=")
        .doesNotContain("LIVEKIT_SIP_PASSWORD");
    assertThat(eu.count("CreateSIPInboundTrunk")).isEqualTo(1);
    assertThat(first.count("CreateSIPInboundTrunk")).isZero();
  }

  @Test
  void theDoctorLooksAtTheProjectAndNamesItsSettingsByTheirPaths(CapturedOutput output) {
    System.setProperty("gateway.projects.eu.livekit.api-secret", SECRET + "x");

    assertThat(run("doctor", "--project", "eu")).isEqualTo(1);

    assertThat(output)
        .contains("gateway.projects.eu.livekit.api-secret is not the secret of")
        .contains("gateway.projects.eu.jambonz.api-url is not set")
        .contains("AGENT_NAME is missing");
    assertThat(first.count("ListRooms")).isZero();
  }

  @Test
  void aProjectThatIsNotListedIsWrongUse(CapturedOutput output) {
    assertThat(run("setup", "--project", "us")).isEqualTo(2);
    assertThat(run("doctor", "--project", "us")).isEqualTo(2);

    assertThat(output).contains("--project must be one of default, eu");
  }

  private static int run(String... arguments) {
    return Main.commands().execute(arguments);
  }
}
