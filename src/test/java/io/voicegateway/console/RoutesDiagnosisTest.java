package io.voicegateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.doctor.Diagnosis;
import io.voicegateway.doctor.Diagnosis.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** What the doctor says of the routes. */
class RoutesDiagnosisTest {

  @TempDir private Path folder;

  @Test
  void routesThatTakeACallAreOk() throws InterruptedException {
    assertThat(RoutesDiagnosis.of(Path.of("routes")).level()).isEqualTo(Level.OK);
  }

  @Test
  void aFolderThatIsNotThereIsAProblem() throws InterruptedException {
    assertThat(RoutesDiagnosis.of(folder.resolve("none")).advice()).isEqualTo("Correct ROUTES.");
  }

  @Test
  void routesThatDoNotLoadAreAProblem() throws IOException, InterruptedException {
    assertProblem("livekit-api.camel.yaml", "- bean:", "- baen:", "do not load");
  }

  @Test
  void anAnswerThatJambonzCannotPlayIsAProblem() throws IOException, InterruptedException {
    assertProblem(
        "answers.camel.yaml",
        "        - marshal:\n",
        "        - setBody:\n            id: nonsense\n            constant: fly\n        - marshal:\n",
        "do not take a call");
  }

  private void assertProblem(String file, String from, String to, String words)
      throws IOException, InterruptedException {
    FileSystemUtils.copyRecursively(Path.of("routes"), folder);
    String text = Files.readString(folder.resolve(file));
    assertThat(text).contains(from);
    Files.writeString(folder.resolve(file), text.replace(from, to));

    Diagnosis found = RoutesDiagnosis.of(folder);

    assertThat(found.level()).isEqualTo(Level.PROBLEM);
    assertThat(found.words()).contains(words);
  }
}
