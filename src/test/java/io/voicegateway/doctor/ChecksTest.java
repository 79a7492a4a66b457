package io.voicegateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.doctor.Diagnosis.Level;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One check stops no other. */
class ChecksTest {

  private final Checks checks = new Checks(Set.of("DATABASE_URL"));

  @Test
  void aCheckThatBreaksIsALineThatTellsNoSecret() throws InterruptedException {
    Object found =
        checks.make(
            "database",
            List.of("OTHER_SETTING"),
            lines -> {
              throw new IllegalStateException("postgres://me:secret@db");
            });

    assertThat(found).isNull();
    assertThat(checks.diagnoses())
        .containsExactly(
            Diagnosis.warning(
                "database", "cannot be looked at: IllegalStateException", "Check OTHER_SETTING."));
  }

  @Test
  void aCheckWhoseSettingIsWrongIsSkipped() throws InterruptedException {
    checks.make("database", List.of("DATABASE_URL"), lines -> lines.add(Diagnosis.ok("a", "b")));
    checks.make("routes", List.of(), lines -> lines.add(Diagnosis.ok("routes", "load")));

    assertThat(checks.diagnoses())
        .extracting(Diagnosis::level)
        .containsExactly(Level.SKIPPED, Level.OK);
    assertThat(checks.diagnoses().get(0).words()).isEqualTo("first correct DATABASE_URL");
  }
}
