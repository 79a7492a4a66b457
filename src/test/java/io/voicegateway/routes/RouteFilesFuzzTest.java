package io.voicegateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.voicegateway.GatewayTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Autowired;

/** Whatever stands in a file of the routes folder, it loads or is refused with its place. */
@GatewayTest
class RouteFilesFuzzTest {

  private static final String FILE = "own.camel.yaml";

  @Autowired private RouteLoader loader;

  @FuzzTest(maxDuration = "3m")
  void aFileLoadsOrIsRefusedWithItsPlace(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    RouteFiles files = new RouteFiles(new TreeMap<>(Map.of(FILE, text)));
    try {
      loader.load(files).end();
    } catch (InvalidRoutes said) {
      assertThat(said.problem()).isNotBlank();
      assertThat(said.place().line()).isBetween(0, (int) text.lines().count() + 1);
      assertThat(said.place().file()).isIn("", FILE);
    }
  }
}
