package io.voicegateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.doctor.Diagnosis.Level;
import java.nio.file.Path;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the gateway answers where Jambonz is told to call it. */
class PublicUrlCheckTest {

  @TempDir private Path folder;

  private final MockWebServer server = new MockWebServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {'status':'UP'}   | OK",
        "503 | {'status':'DOWN'} | OK",
        "502 | <html>            | WARNING",
      })
  void onlyAGatewayIsOk(int status, String body, Level level) throws Exception {
    server.start();
    server.enqueue(new MockResponse.Builder().code(status).body(body.replace('\'', '"')).build());

    assertThat(PublicUrlCheck.examine(url()).level()).isEqualTo(level);
    assertThat(server.takeRequest().getTarget()).isEqualTo("/health");
  }

  @Test
  void aCertificateThatNobodyTrustsIsAProblemInWords() throws Exception {
    server.useHttps(SelfSigned.localhost(folder));
    server.start();

    Diagnosis found = PublicUrlCheck.examine(url());

    assertThat(found.level()).isEqualTo(Level.PROBLEM);
    assertThat(found.words())
        .contains("its certificate is not of an authority that is trusted here")
        .doesNotContain("PKIX");
  }

  @Test
  void nobodyThereMayBeThisMachinesNetwork() throws Exception {
    server.start();
    String gone = url();
    server.close();

    assertThat(PublicUrlCheck.examine(gone).level()).isEqualTo(Level.WARNING);
  }

  private String url() {
    return server.url("/").toString();
  }
}
