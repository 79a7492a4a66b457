package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.util.PatternMatchUtils;

/** What the jar holds of others is named with its licence. */
class ThirdPartyTest {

  private static final Pattern ROW = Pattern.compile("\\| [^|]+ \\| `([^`]+)` \\| (.+) \\|");

  @Test
  void everyLibraryInTheJarStandsInTheListOfThirdParties() throws IOException {
    List<String> listed = listed();

    assertThat(libraries())
        .hasSizeGreaterThan(200)
        .allMatch(
            library -> PatternMatchUtils.simpleMatch(listed.toArray(new String[0]), library),
            "stands in docs/third-party.md");
  }

  private static List<String> listed() throws IOException {
    List<String> listed = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("docs", "third-party.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        for (String name : row.group(2).replace("`", "").split(", ")) {
          listed.add(row.group(1) + ":" + name);
        }
      }
    }
    return listed;
  }

  private static List<String> libraries() throws IOException {
    List<String> libraries = new ArrayList<>();
    try (InputStream bom =
        ThirdPartyTest.class.getResourceAsStream("/META-INF/sbom/application.cdx.json")) {
      assumeThat(bom).as("a bill of materials, which Maven makes when it is online").isNotNull();
      for (JsonNode one : new JsonMapper().readTree(bom).path("components")) {
        String name = one.path("name").asText();
        if (!name.startsWith("spring-boot-starter")) { // has no class, and is not in the jar
          libraries.add(one.path("group").asText() + ":" + name);
        }
      }
    }
    return libraries;
  }
}
