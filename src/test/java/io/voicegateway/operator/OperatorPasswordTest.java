package io.voicegateway.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** There is no default password: where none is set the gateway makes one and keeps it. */
class OperatorPasswordTest {

  @TempDir private Path folder;

  @Test
  void oneIsMadeAtTheFirstStartAndShownThisOnce() {
    OperatorPassword made = start("data/ops-password");
    assertThat(made.password()).matches("([a-z2-9]{5}-){5}[a-z2-9]{5}");
    assertThat(made.notice()).contains("user ops", made.password(), "data/ops-password");

    OperatorPassword again = start("data/ops-password");

    assertThat(again.password()).isEqualTo(made.password());
    assertThat(again.notice()).contains("data/ops-password").doesNotContain(made.password());
  }

  @Test
  void onlyItsOwnerCanReadIt() throws IOException {
    Path file = folder.resolve("data/ops-password");
    String password = start("data/ops-password").password();

    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(file.getParent())).isEqualTo("rwx------");
    assertThat(KeptPassword.read(file)).isEqualTo(password);
  }

  @Test
  void aFileThatOthersCouldReadIsClosed() throws IOException {
    Path file = Files.writeString(folder.resolve("mine"), "my own word\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(start("mine").password()).isEqualTo("my own word");
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void twoThatStartAtOnceHaveTheSame() {
    assertThat(
            IntStream.range(0, 8)
                .parallel()
                .mapToObj(gateway -> start("ops-password").password())
                .distinct())
        .hasSize(1);
  }

  @Test
  void whereNothingCanBeKeptTheNextStartMakesAnother() throws IOException {
    Files.writeString(folder.resolve("data"), "no folder");

    OperatorPassword made = start("data/ops-password");

    assertThat(made.notice()).contains(made.password(), "until the next start");
    assertThat(start("data/ops-password").password()).isNotEqualTo(made.password());
  }

  @Test
  void whoeverFailsToLogInIsToldWhereThePasswordStands() throws IOException {
    assertThat(start("data/ops-password").whereabouts())
        .contains("OPS_USER (ops without it)", "data/ops-password")
        .doesNotContain("OPS_PASSWORD");
    assertThat(new OperatorPassword(settings("s3cret", folder.resolve("x"))).whereabouts())
        .isEqualTo("OPS_USER and OPS_PASSWORD");
    Files.writeString(folder.resolve("file"), "no folder");
    assertThat(start("file/ops-password").whereabouts()).contains("showed at its start");
  }

  @Test
  void oneThatIsSetIsNeitherKeptNorShown() {
    Path file = folder.resolve("ops-password");

    OperatorPassword set = new OperatorPassword(settings("s3cret", file));

    assertThat(set.password()).isEqualTo("s3cret");
    assertThat(set.notice()).isEmpty();
    assertThat(file).doesNotExist();
  }

  private OperatorPassword start(String file) {
    return new OperatorPassword(settings("", folder.resolve(file)));
  }

  private static OperatorSettings settings(String password, Path file) {
    return new OperatorSettings("ops", password, "viewer", "", file, List.of());
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
