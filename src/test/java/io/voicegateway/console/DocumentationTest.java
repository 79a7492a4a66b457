package io.voicegateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README, the other pages beside it and those in docs/ say is there. */
class DocumentationTest {

  /** In the form of llmstxt.org. */
  private static final Path INDEX = Path.of("llms.txt");

  private static final Pattern LINK = Pattern.compile("]\\((?![a-z]+:)([^)#\\s]*)(#[^)\\s]+)?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,4} (.+)$");
  private static final Pattern COMMAND = Pattern.compile("(?m)^ *\\./gateway ([^#\\n\\[]+)");

  static Stream<Path> pages() throws IOException {
    return Stream.concat(
        Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md").map(Path::of),
        Files.walk(Path.of("docs")).filter(path -> path.toString().endsWith(".md")).sorted());
  }

  static Stream<Path> linking() throws IOException {
    return Stream.concat(Stream.of(INDEX), pages());
  }

  @ParameterizedTest
  @MethodSource("linking")
  void everyLinkLeadsSomewhere(Path page) {
    Matcher link = LINK.matcher(text(page));
    while (link.find()) {
      Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
      assertThat(target).exists();
      if (link.group(2) != null) {
        assertThat(anchors(target)).contains(link.group(2));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyCommandIsOneThatTheGatewayHas(Path page) {
    Matcher command = COMMAND.matcher(text(page));
    while (command.find()) {
      Main.commands().parseArgs(command.group(1).replaceAll("[<>|].*", "").strip().split(" +"));
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyPageStandsInTheIndexForMachines(Path page) {
    Path symptoms = Path.of("docs/symptoms");
    Path listed = page.startsWith(symptoms) ? symptoms.resolve("README.md") : page;

    assertThat(text(INDEX)).contains("](" + listed + ")");
  }

  private static List<String> anchors(Path page) {
    return HEADING
        .matcher(text(page))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> "#" + heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .toList();
  }

  private static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
