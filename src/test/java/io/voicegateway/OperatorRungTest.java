package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.Hooks.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/** A rung that is a route of the operator's own: the example in routes/, and routes that fail. */
@GatewayTest
class OperatorRungTest {

  @DynamicPropertySource
  static void routesThatFail(DynamicPropertyRegistry properties) throws IOException {
    Path routes = Files.createTempDirectory("routes");
    FileSystemUtils.copyRecursively(Path.of("routes"), routes);
    Files.writeString(
        routes.resolve("own.camel.yaml"),
        own("hangs", "delay: {constant: 20000}")
            + own("fails", "throwException: {exceptionType: java.io.IOException, message: down}")
            + own("flies", "setBody: {constant: '[{\"verb\": \"fly\"}]'}")
            + own("is-silent", "setBody: {constant: '[]'}")
            + own("is-no-json", "setBody: {constant: 'hello'}")
            + own("forgets-its-body", "log: {message: nothing}"));
    properties.add("gateway.routes", routes::toString);
  }

  private static String own(String name, String step) {
    return "- route: {id: %1$s, from: {uri: 'direct:%1$s', steps: [{%2$s}]}}\n"
        .formatted(name, step);
  }

  @Value("${local.gateway.port}")
  private int port;

  private final String sid = UUID.randomUUID().toString();
  private Hooks hooks;

  @BeforeEach
  void prepare() {
    hooks = new Hooks(port);
  }

  @Test
  void theRoutesVerbsAreWhatTheCallerGetsAndItsDialLeadsToTheNextRung() {
    Reply rung = afterFailedDial("+493011112222", "route:night-desk, decline:486");

    assertThat(rung.verbs()).isEqualTo("dial hangup");
    assertThat(rung.dial().at("/target/0/number").asText()).isEqualTo("+493012345679");
    assertThat(ended("+493011112222", rung).verbs()).isEqualTo("sip:decline:486 hangup");
  }

  @Test
  void aRouteThatAnswersNothingLeavesTheCallerToTheNextRung() {
    assertThat(afterFailedDial("+15550002000", "route:night-desk, decline:486").verbs())
        .isEqualTo("sip:decline:486 hangup");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hangs",
        "fails",
        "flies",
        "is-silent",
        "is-no-json",
        "forgets-its-body",
        "is-not-there"
      })
  void aRouteThatIsNoUseLeavesHimToItTooAndInTime(String name) {
    long start = System.nanoTime();

    Reply reply = afterFailedDial("+15550002000", "route:" + name + ", decline:486");

    assertThat(reply.verbs()).isEqualTo("sip:decline:486 hangup");
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(10);
  }

  private Reply afterFailedDial(String from, String ladder) {
    Reply dial =
        hooks.call(
            """
            {"call_sid": "%s", "direction": "inbound", "from": "%s", "to": "+15550001000",
             "env_vars": {"fallback": "%s"}}"""
                .formatted(sid, from, ladder));
    return ended(from, dial);
  }

  private Reply ended(String from, Reply dial) {
    return Hooks.playable(
        hooks.event(
            dial.dial().path("actionHook").asText(),
            """
            {"call_sid": "%s", "direction": "inbound", "from": "%s", "to": "+15550001000",
             "call_status": "trying", "dial_call_status": "failed", "dial_sip_status": 503}"""
                .formatted(sid, from)));
  }
}
