package io.voicegateway.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The address of the database as people write it. */
class DatabaseUrlTest {

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "postgresql"})
  void aUrlWithALoginIsTakenApart(String scheme) {
    DatabaseUrl url =
        DatabaseUrl.parse(scheme + "://me:p%40ss+1@db.example:5433/calls?sslmode=require");

    assertThat(url.jdbc())
        .startsWith("jdbc:postgresql://db.example:5433/calls?sslmode=require&")
        .contains("socketTimeout=15");
    assertThat(url.user()).isEqualTo("me");
    assertThat(url.password()).isEqualTo("p@ss+1");
    assertThat(url).hasToString("postgresql://db.example:5433/calls");
  }

  @Test
  void aJdbcAddressIsTakenAsItIs() {
    DatabaseUrl url = DatabaseUrl.parse("jdbc:postgresql://db/calls?user=me&socketTimeout=3");

    assertThat(url.jdbc()).contains("user=me&socketTimeout=3").doesNotContain("socketTimeout=15");
    assertThat(url).hasToString("postgresql://db/calls");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://me:s3cret@db/calls",
        "postgres://me:s3cret@db",
        "postgres://me:s3c ret@db/x"
      })
  void anythingElseIsRefusedWithoutRepeatingThePassword(String url) {
    assertThatThrownBy(() -> DatabaseUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("postgres://user:password@host:port/name")
        .hasMessageNotContaining("s3c")
        .hasNoCause();
  }

  @Test
  void theEmbeddedFileIsItsOwnersOnly(@TempDir Path folder) throws Exception {
    Path data = folder.resolve("data");
    try (Recorder recorder = new Recorder("", data, 10)) {
      recorder.awake();

      assertThat(permissions(data)).isEqualTo("rwx------");
      assertThat(permissions(data.resolve("calls.mv.db"))).isEqualTo("rw-------");
    }
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
