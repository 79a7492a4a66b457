package io.voicegateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.doctor.Diagnosis.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether there is room for dead letters, and news in them. */
class StorageCheckTest {

  @TempDir private Path folder;

  @Test
  void noLettersAreOkWithAndWithoutAFolder() {
    assertThat(examine(folder.resolve("none")).level()).isEqualTo(Level.OK);
    assertThat(examine(folder).words()).isEqualTo("none in the last hour");
  }

  @Test
  void lettersOfTheLastHourAreAWarning() throws IOException {
    write("new.json", Duration.ofMinutes(59));
    write("old.json", Duration.ofMinutes(61));
    write("half.json.tmp", Duration.ZERO);

    Diagnosis found = examine(folder);

    assertThat(found.level()).isEqualTo(Level.WARNING);
    assertThat(found.words()).isEqualTo("1 in the last hour");
  }

  @Test
  void lettersThatSomebodyHandledAreOk() throws IOException {
    Files.writeString(folder.resolve("done.json"), "{\"state\": \"replayed\"}");
    Files.writeString(folder.resolve("gone.json"), "{\"state\": \"discarded\"}");

    assertThat(examine(folder).level()).isEqualTo(Level.OK);
  }

  @Test
  void whatIsNoFolderIsAProblem() throws IOException {
    Diagnosis found = examine(write("file", Duration.ZERO));

    assertThat(found.level()).isEqualTo(Level.PROBLEM);
    assertThat(found.advice()).contains("own that folder");
  }

  private Path write(String name, Duration age) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "{}");
    return Files.setLastModifiedTime(file, FileTime.from(Clock.systemUTC().instant().minus(age)));
  }

  private static Diagnosis examine(Path folder) {
    return new StorageCheck(folder, Clock.systemUTC()).examine();
  }
}
