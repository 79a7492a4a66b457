package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.Hooks.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

/** Whoever guesses passwords is stopped. A proxy before the gateway says here who asks. */
@GatewayTest
@TestMethodOrder(OrderAnnotation.class)
@AutoConfigureObservability(tracing = false)
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = "gateway.ops.trusted-proxies=127.0.0.1,10.9.0.0/16")
class LoginLimitTest {

  private static final String CALLS = "/livekit-api/calls";

  @Value("${local.server.port}")
  private int management;

  @Value("${local.gateway.port}")
  private int port;

  @Test
  void afterTenFailuresNothingIsLookedAtFromThereOnEitherPort(CapturedOutput output) {
    double before = failures();
    for (int attempt = 0; attempt < 5; attempt++) {
      assertThat(ask(port, CALLS, "wrong", "192.0.2.7").status()).isEqualTo(401);
      assertThat(ask(management, "/outage", "wrong", "192.0.2.7").status()).isEqualTo(401);
    }

    assertIsLimited(ask(port, CALLS, "s3cret", "192.0.2.7"));
    assertIsLimited(ask(management, "/outage", "s3cret", "192.0.2.7"));
    Reply page =
        new Hooks(management)
            .post(
                "/login",
                "username=ops&password=s3cret".getBytes(StandardCharsets.UTF_8),
                "application/x-www-form-urlencoded",
                "X-Forwarded-For",
                "192.0.2.7");
    assertThat(page.status()).isEqualTo(429);
    assertThat(page.body()).contains("Too many attempts");
    assertThat(ask(management, "/outage", "s3cret", "192.0.2.8").status()).isEqualTo(200);
    assertThat(output.getOut().lines().filter(line -> line.contains("let log in from 192.0.2.7")))
        .singleElement()
        .asString()
        .contains("WARN");
    assertThat(failures() - before).isEqualTo(10);
  }

  /** After all others, as it shuts out everybody for a minute. */
  @Test
  @Order(Integer.MAX_VALUE)
  void manyWhoGuessShutOutStrangersAndNotWhoWasHereBefore() {
    assertThat(ask(management, "/outage", "s3cret", "192.0.2.1").status()).isEqualTo(200);
    IntStream.range(0, 100)
        .forEach(guess -> ask(port, CALLS, "wrong", "198.51.100." + (guess / 5)));

    assertIsLimited(ask(management, "/outage", "s3cret", "203.0.113.1"));
    assertThat(ask(management, "/outage", "s3cret", "192.0.2.1").status()).isEqualTo(200);
  }

  @Test
  void aSenderCannotPassForAnotherByClaimingToBeAProxy() {
    for (int attempt = 0; attempt < 10; attempt++) {
      ask(port, CALLS, "wrong", "203.0.113.%d, 192.0.2.9, 10.9.0.1".formatted(attempt));
    }

    assertIsLimited(ask(port, CALLS, "s3cret", "192.0.2.9"));
  }

  @Test
  void whoHasNoLoginYetHasNotFailed() {
    for (int attempt = 0; attempt < 20; attempt++) {
      new Hooks(management).get("/outage", "X-Forwarded-For", "192.0.2.11");
      new Hooks(port).get(CALLS, "X-Forwarded-For", "192.0.2.11");
    }

    assertThat(ask(port, CALLS, "s3cret", "192.0.2.11").status()).isEqualTo(200);
  }

  private double failures() {
    String name = "gateway_login_failures_total ";
    return ask(management, "/prometheus", "s3cret", "192.0.2.8")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElseThrow();
  }

  private static void assertIsLimited(Reply reply) {
    assertThat(reply.status()).isEqualTo(429);
    assertThat(Integer.parseInt(reply.retryAfter())).isBetween(1, 60);
    assertThat(reply.json().path("error").asText()).contains("Too many attempts");
  }

  private static Reply ask(int port, String path, String password, String from) {
    byte[] login = ("ops:" + password).getBytes(StandardCharsets.UTF_8);
    return new Hooks(port)
        .get(
            path,
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(login),
            "X-Forwarded-For",
            from);
  }
}
