package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.FileSystemUtils;

/** The recipes of docs/recipes.md, all taken in as they stand there. */
@GatewayTest
@TestPropertySource(properties = "gateway.jambonz.public-url=https://gw.example.com")
class RecipesTest {

  private static final Pattern BLOCK =
      Pattern.compile(
          "```yaml\n# (?:a new file, (?<file>\\S+)|(?<edited>\\S+), behind (?<step>\\S+))\n(?<yaml>.*?)```",
          Pattern.DOTALL);

  @DynamicPropertySource
  static void allTakenIn(DynamicPropertyRegistry properties) throws IOException {
    Path routes = Files.createTempDirectory("routes");
    FileSystemUtils.copyRecursively(Path.of("routes"), routes);
    for (MatchResult block :
        BLOCK.matcher(Files.readString(Path.of("docs/recipes.md"))).results().toList()) {
      String yaml = block.group(4).replaceAll("file:(?:data/)?([\\w-]+)", "file:target/recipes/$1");
      if (block.group(1) != null) {
        Files.writeString(routes.resolve(block.group(1)), yaml);
      } else {
        takeIn(routes.resolve(block.group(2)), block.group(3), yaml);
      }
    }
    properties.add("gateway.routes", routes::toString);
  }

  /** As far to the right as the step, and behind all that belongs to it. */
  private static void takeIn(Path file, String step, String yaml) throws IOException {
    String text = Files.readString(file);
    MatchResult place =
        Pattern.compile("(?m)^( +)- \\w+:\\n +id: " + step + "\\n(?:\\1 .*\\n)*")
            .matcher(text)
            .results()
            .findFirst()
            .orElseThrow();
    Files.writeString(
        file,
        text.substring(0, place.end())
            + yaml.indent(place.group(1).length())
            + text.substring(place.end()));
  }

  @Value("${local.gateway.port}")
  private int port;

  private final String sid = UUID.randomUUID().toString();
  private Hooks hooks;

  @BeforeEach
  void prepare() {
    hooks = new Hooks(port);
  }

  @Test
  void theInviteSaysByWhichCarrierTheCallCame() {
    assertThat(call("+15550002000").dial().at("/headers/X-Carrier").asText())
        .isEqualTo("sip-trunk");
  }

  @Test
  void aCallerWhoIsNotWelcomeIsRefused() {
    assertThat(call("+88212345678").verbs()).isEqualTo("sip:decline:603 hangup");
  }

  @Test
  void callersHearTheAnnouncementOfTheirLanguage() {
    assertThat(announcement("+493012345678"))
        .isEqualTo("https://gw.example.com/sounds/notice-de.wav");
    assertThat(announcement("+15550002000")).isEqualTo("https://gw.example.com/sounds/notice.wav");
  }

  @Test
  void callsOfAnotherApplicationGoToAPerson() {
    byte[] hook = Hooks.newCall(sid).getBytes(StandardCharsets.UTF_8);

    assertThat(
            hooks
                .call("/reception", hook, "application/json")
                .dial()
                .at("/target/0/number")
                .asText())
        .isEqualTo("+493012345679");
  }

  @Test
  void deadLettersLieInASecondPlace() throws IOException {
    Path place = Path.of("target/recipes/letters-for-support");
    FileSystemUtils.deleteRecursively(place);
    hooks.call("{broken " + sid);

    try (var letters = Files.list(place)) {
      assertThat(letters).hasSize(1);
    }
  }

  private String announcement(String from) {
    Hooks.Reply dial = call(from);
    Hooks.Reply next =
        hooks.event(
            dial.dial().path("actionHook").asText().replace("https://gw.example.com", ""),
            """
            {"call_sid": "%s", "from": "%s", "to": "+15550001000", "direction": "inbound",
             "call_status": "trying", "dial_call_status": "busy", "dial_sip_status": 486}"""
                .formatted(sid, from));
    return next.json().path(0).path("url").asText();
  }

  private Hooks.Reply call(String from) {
    return hooks.call(
        """
        {"call_sid": "%s", "from": "%s", "to": "+15550001000", "direction": "inbound",
         "call_status": "trying", "originating_sip_trunk_name": "sip-trunk", "defaults": {},
         "env_vars": {"fallback": "route:notice-by-country, decline:480"}, "sip": {"headers": {}}}"""
            .formatted(sid, from));
  }
}
