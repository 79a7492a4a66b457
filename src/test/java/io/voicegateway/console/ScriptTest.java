package io.voicegateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the root, with a Java that complains on its log and prints what it was given. */
class ScriptTest {

  private static final String JAVA =
      """
      #!/bin/sh
      [ "$1" = -version ] && { echo 'openjdk version "17.0.1"' >&2; exit 0; }
      echo "$@"
      """;

  @TempDir private Path folder;

  @BeforeEach
  void install() throws IOException {
    Files.copy(Path.of("gateway"), folder.resolve("gateway"));
    Files.createDirectories(folder.resolve("src/main"));
    Files.createDirectories(folder.resolve("target/app"));
    Files.createFile(folder.resolve("pom.xml"));
    Path app = Files.createFile(folder.resolve("target/app/gateway.jar"));
    Files.setLastModifiedTime(app, FileTime.from(Instant.now().plusSeconds(60)));
    Files.createDirectories(folder.resolve("bin"));
    Files.setPosixFilePermissions(
        Files.writeString(folder.resolve("bin/java"), JAVA),
        PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void whatTheJvmSaysOfItselfIsNotPartOfWhatAToolPrints() throws Exception {
    assertThat(run("doctor", "--json"))
        .contains("-Xlog:disable -Xlog:all=warning:stderr", "-XX:+DisplayVMOutputToStderr")
        .endsWith("doctor --json\n");
  }

  @Test
  void whatServesLogsAsEverywhere() throws Exception {
    assertThat(run("run")).doesNotContain("-Xlog").endsWith("run\n");
  }

  private String run(String... words) throws IOException, InterruptedException {
    ProcessBuilder script = new ProcessBuilder("bash", folder.resolve("gateway").toString());
    script.command().addAll(List.of(words));
    script.environment().merge("PATH", "", (path, no) -> folder.resolve("bin") + ":" + path);
    script.environment().remove("JAVA_OPTS");
    Process process = script.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
