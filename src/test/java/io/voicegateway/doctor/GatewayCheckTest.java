package io.voicegateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the doctor says of the gateway that serves. */
class GatewayCheckTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({"off, 0", "on for all numbers, 1", "on for 2 numbers, 1"})
  void anOutageSwitchThatIsOnIsAWarning(String said, int warnings) throws Exception {
    assertThat(diagnoses(said))
        .filteredOn(diagnosis -> diagnosis.check().equals("outage switch"))
        .hasSize(warnings)
        .allSatisfy(diagnosis -> assertThat(diagnosis.toString()).contains(said, "outage off"));
  }

  private static List<Diagnosis> diagnoses(String said) throws IOException, InterruptedException {
    try (MockWebServer gateway = new MockWebServer()) {
      gateway.enqueue(
          new MockResponse.Builder()
              .body(
                  """
                  {"status": "UP",
                   "components": {"outage": {"status": "UP", "details": {"switch": "%s"}}}}"""
                      .formatted(said))
              .build());
      gateway.start();
      List<Diagnosis> diagnoses = new ArrayList<>();
      String address = gateway.url("").toString().replaceAll("/$", "");
      assertThat(new GatewayCheck(address).examine(diagnoses)).isTrue();
      return diagnoses;
    }
  }
}
