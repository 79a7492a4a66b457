package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is delivered beside the jar. */
class PackagingTest {

  @Test
  void everyRouteIsInTheConfigMap() throws IOException {
    String kustomization = Files.readString(Path.of("kustomization.yaml"));

    try (var routes = Files.list(Path.of("routes"))) {
      assertThat(routes)
          .allSatisfy(route -> assertThat(kustomization).contains("- " + route + "\n"));
    }
  }
}
