package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.deadletter.DeadLetterChannel;
import io.voicegateway.deadletter.DeadLetterChannel.Undone;
import io.voicegateway.routes.CurrentRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** What fails outside of any route is kept as a dead letter like everything else. */
@GatewayTest
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = "gateway.dead-letters.directory=target/dead-letters/no-route")
class LetterWithoutRouteTest {

  private static final Path FOLDER = Path.of("target/dead-letters/no-route");
  private static final Undone EVENT =
      new Undone(
          "call-record",
          "store",
          "the database is away",
          "abc",
          "application/json",
          "[{\"from\":\"+15550002000\"}]");

  @Autowired private DeadLetterChannel letters;
  @Autowired private CurrentRoutes routes;

  @BeforeEach
  void forget() throws IOException {
    for (Path letter : files()) {
      Files.delete(letter);
    }
  }

  @Test
  void itGoesTheWayOfTheRoutesAndAfterTheirEndIntoTheFolder(CapturedOutput output)
      throws Exception {
    letters.keep(EVENT);
    routes.camel().getRouteController().stopRoute("dead-letter");
    letters.keep(EVENT);
    routes.camel().stop();
    letters.keep(EVENT);

    assertThat(Hooks.letters(FOLDER)).hasSize(3).allSatisfy(LetterWithoutRouteTest::isTheEvents);
    assertThat(files()).allMatch(LetterWithoutRouteTest::isItsOwners);
    assertThat(output).contains("call=abc call-record failed at store: the database is away");
    assertThat(output).doesNotContain("5550002000");
  }

  private static void isTheEvents(JsonNode letter) {
    assertThat(letter.path("route").asText()).isEqualTo("call-record");
    assertThat(letter.path("step").asText()).isEqualTo("store");
    assertThat(letter.path("cause").asText()).isEqualTo("the database is away");
    assertThat(letter.path("call_sid").asText()).isEqualTo("abc");
    assertThat(letter.path("content_type").asText()).isEqualTo("application/json");
    assertThat(letter.path("body").asText()).isEqualTo(EVENT.body());
  }

  private static boolean isItsOwners(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).equals("rw-------");
    } catch (IOException gone) {
      return false;
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.toList();
    }
  }
}
