package io.voicegateway.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in the number plan's file, it is a plan or is refused in sentences. */
class PlanFileFuzzTest {

  @TempDir static Path folder;

  @FuzzTest(maxDuration = "3m")
  void aFileIsAPlanOrIsRefusedInSentences(byte[] text) throws IOException {
    Path file = Files.write(folder.resolve("plan.yaml"), text);

    NumberPlan plan =
        planOrNull(
            () ->
                PlanFile.read(
                    file, PlanEntry.standard("everyday-agent"), words -> words, Set.of("default")));
    if (plan != null) {
      assertThat(plan.choose("+493012345670").agent()).isNotBlank();
    }
    planOrNull(() -> TransferFile.read(file, words -> words));
  }

  private static <T> T planOrNull(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (InvalidPlan said) {
      assertThat(said.problems()).isNotEmpty().allSatisfy(line -> assertThat(line).isNotBlank());
      return null;
    }
  }
}
