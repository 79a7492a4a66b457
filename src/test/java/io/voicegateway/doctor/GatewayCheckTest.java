package io.voicegateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voicegateway.doctor.Diagnosis.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway that serves here says of itself. */
class GatewayCheckTest {

  private static final String HEALTHY =
      """
      {"status": "UP", "components": {
        "webhooks": {"status": "UP", "details": {"LiveKit": "last came 3 s ago"}},
        "database": {"status": "UP", "details": {"calls": "answers"}},
        "agents": {"status": "UP", "details": {"sales": {"heard_seconds_ago": 5, "missing_since": 0},
                                               "support": {"missing_since": 0}}}}}
      """;

  private final MockWebServer server = new MockWebServer();
  private final List<Diagnosis> diagnoses = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anAgentThatWasNotHeardYetIsNotProven() throws InterruptedException {
    server.enqueue(new MockResponse.Builder().body(HEALTHY).build());

    assertThat(examine("127.0.0.1")).isTrue();

    assertThat(diagnoses)
        .filteredOn(one -> one.check().equals("agent"))
        .extracting(Diagnosis::level)
        .containsExactly(Level.OK, Level.WARNING);
    assertThat(diagnoses)
        .filteredOn(one -> !one.check().equals("agent"))
        .extracting(Diagnosis::level)
        .containsOnly(Level.OK, Level.SKIPPED);
  }

  @ParameterizedTest(name = "{0} s ago, then missing {1} times: {2}")
  @CsvSource({
    "59, 0, OK, was last heard 59 s ago",
    "3599, 0, OK, was last heard 59 min ago",
    "7500, 0, WARNING, was last heard 2 h 5 min ago",
    "5, 1, PROBLEM, 'was last heard 5 s ago, and did not come to one caller since'",
    "7500, 3, PROBLEM, 'was last heard 2 h 5 min ago, and did not come to 3 callers since'",
  })
  void anAgentThatWasHeardLongAgoOrIsMissingSinceIsNotOk(
      int seconds, int missing, Level level, String words) {
    ObjectNode doing =
        new ObjectMapper()
            .createObjectNode()
            .put("heard_seconds_ago", seconds)
            .put("missing_since", missing);

    Diagnosis line = HeardAgent.line("sales", doing);

    assertThat(line.level()).isEqualTo(level);
    assertThat(line.words()).startsWith("sales " + words);
    assertThat(line.advice()).matches(level == Level.OK ? "" : ".*--probe-agent.*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "[::]", ""})
  void whoListensEverywhereIsAskedAtHome(String address) throws InterruptedException {
    server.enqueue(new MockResponse.Builder().body(HEALTHY).build());

    assertThat(examine(address)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"off, 0", "on for all numbers, 1", "on for 2 numbers, 1"})
  void anOutageSwitchThatIsOnIsAWarning(String said, int warnings) throws InterruptedException {
    server.enqueue(
        new MockResponse.Builder()
            .body(
                """
                {"status": "UP",
                 "components": {"outage": {"status": "UP", "details": {"switch": "%s"}}}}"""
                    .formatted(said))
            .build());

    assertThat(examine("127.0.0.1")).isTrue();

    assertThat(diagnoses)
        .filteredOn(one -> one.check().equals("outage switch"))
        .hasSize(warnings)
        .allSatisfy(one -> assertThat(one.toString()).contains(said, "outage off"));
  }

  @Test
  void somethingElseAtThePortIsNoGateway() throws InterruptedException {
    server.enqueue(new MockResponse.Builder().body("<html>").build());

    assertThat(examine("127.0.0.1")).isFalse();
    assertThat(diagnoses).singleElement().extracting(Diagnosis::level).isEqualTo(Level.WARNING);
  }

  @Test
  void nobodyThereIsSkipped() throws InterruptedException {
    int port = server.getPort();
    server.close();

    assertThat(new GatewayCheck(port("::1", port)).examine(diagnoses)).isFalse();
    assertThat(diagnoses).singleElement().extracting(Diagnosis::level).isEqualTo(Level.SKIPPED);
  }

  private boolean examine(String address) throws InterruptedException {
    server.enqueue(new MockResponse.Builder().code(401).body("{}").build());
    return new GatewayCheck(port(address, server.getPort())).examine(diagnoses);
  }

  private static ManagementPort port(String address, int port) {
    return new ManagementPort(address, String.valueOf(port), "ops", "", Path.of("none"));
  }
}
