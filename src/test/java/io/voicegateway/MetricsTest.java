package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.test.context.TestPropertySource;

/** What Prometheus reads on the management port. */
@GatewayTest
@AutoConfigureObservability(tracing = false)
@TestPropertySource(properties = "gateway.dead-letters.directory=target/dead-letters/metrics")
class MetricsTest {

  @Value("${local.gateway.port}")
  private int port;

  @Value("${local.server.port}")
  private int management;

  private final String sid = UUID.randomUUID().toString();
  private Hooks hooks;

  @BeforeEach
  void aCall() {
    hooks = new Hooks(port);
    hooks.call(Hooks.newCall(sid));
  }

  @Test
  void callsUnderWayAreCounted() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> value("gateway_calls_active").matches("[1-9].*"));
  }

  @Test
  void aCallThatIsOverIsCountedByOutcomeAndCause() {
    hooks.event(
        "/livekit-api/dial",
        """
        {"call_sid": "%s", "from": "+15550002000", "to": "+15550001000", "direction": "inbound",
         "call_status": "failed", "call_termination_by": "jambonz",
         "dial_call_status": "failed", "dial_sip_status": 401}"""
            .formatted(sid));

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> lines("gateway_calls_total{").stream().anyMatch(this::isWrongPassword));
    assertThat(lines("gateway_dials_total{")).anyMatch(line -> line.contains("sip=\"401\""));
  }

  @Test
  void lettersAreCountedByRouteAndStep() {
    hooks.call("{\"call_id\": \"no call_sid\"}");

    assertThat(lines("gateway_dead_letters_total{"))
        .singleElement()
        .asString()
        .contains("route=\"livekit-api\"", "step=\"read-call\"");
  }

  @Test
  void noNumberAndNoCallIsALabel() {
    assertThat(page()).doesNotContain("15550002000", "15550001000", sid);
  }

  private boolean isWrongPassword(String line) {
    return line.contains("cause=\"wrong_password\"") && line.contains("outcome=\"failed\"");
  }

  private String value(String metric) {
    return lines(metric + " ").stream().findFirst().orElse(" ").split(" ", 2)[1];
  }

  private List<String> lines(String start) {
    return page().lines().filter(line -> line.startsWith(start)).toList();
  }

  private String page() {
    return Hooks.ofOperator(management).get("/prometheus").body();
  }
}
