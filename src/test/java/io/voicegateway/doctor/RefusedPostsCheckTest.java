package io.voicegateway.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import io.voicegateway.GatewayTest;
import io.voicegateway.Hooks;
import io.voicegateway.doctor.Diagnosis.Level;
import io.voicegateway.jambonz.Signing;
import io.voicegateway.project.LiveKitSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/** A gateway that has another secret than Jambonz or LiveKit says so to its operator. */
@GatewayTest
@TestMethodOrder(OrderAnnotation.class)
@TestPropertySource(
    properties = {
      "gateway.jambonz.webhook-secrets=gateways-secret",
      "gateway.ops.password=s3cret",
      "gateway.dead-letters.directory=target/dead-letters/refused-posts"
    })
class RefusedPostsCheckTest {

  @Autowired private LiveKitSettings livekit;

  @Value("${local.gateway.port}")
  private int port;

  @Value("${local.server.port}")
  private int management;

  @Test
  @Order(1)
  void strangersWithoutASignatureAreNoFault() throws InterruptedException {
    new Hooks(port).call(Hooks.newCall(UUID.randomUUID().toString()));

    assertThat(linesOn("call hooks", "s3cret")).isEmpty();
    assertThat(linesOn("LiveKit's webhooks", "s3cret")).hasSize(1);
  }

  @Test
  @Order(2)
  void hooksOfAnotherSecretAreAProblemThatNamesTheSetting() throws InterruptedException {
    callSignedWith("accounts-secret");
    callSignedWith("accounts-secret");

    assertThat(linesOn("call hooks", "s3cret"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.level()).isEqualTo(Level.PROBLEM);
              assertThat(line.words())
                  .startsWith("2 were refused for their signature, last at 20")
                  .endsWith("Z: JAMBONZ_WEBHOOK_SECRET is not the account's secret");
              assertThat(line.advice()).contains("portal");
            });
  }

  @Test
  @Order(3)
  void webhooksOfAnotherKeyOrSecretNameTheSettingToo() throws InterruptedException {
    postEvent(livekit.apiKey(), "another-secret");
    postEvent("another-key", livekit.apiSecret());

    assertThat(linesOn("LiveKit's webhooks", "s3cret"))
        .filteredOn(line -> line.level() == Level.PROBLEM)
        .extracting(Diagnosis::words)
        .satisfiesExactlyInAnyOrder(
            words -> assertThat(words).contains("1 were refused", "LIVEKIT_API_SECRET is not"),
            words -> assertThat(words).contains("for their key", "LIVEKIT_API_KEY is not"));
  }

  @Test
  @Order(4)
  void aGenuineHookSinceThenAcquitsTheSecret() throws InterruptedException {
    callSignedWith("gateways-secret");

    assertThat(linesOn("call hooks", "s3cret"))
        .singleElement()
        .extracting(Diagnosis::level)
        .isEqualTo(Level.WARNING);
  }

  @Test
  @Order(5)
  void nobodyElseIsTold() throws InterruptedException {
    assertThat(linesOn("call hooks", "guessed"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.level()).isEqualTo(Level.SKIPPED);
              assertThat(line.words()).contains("OPS_PASSWORD");
            });
  }

  private List<Diagnosis> linesOn(String check, String password) throws InterruptedException {
    List<Diagnosis> lines = new ArrayList<>();
    new GatewayCheck(
            new ManagementPort(
                "127.0.0.1", String.valueOf(management), "ops", password, Path.of("none")))
        .examine(lines);
    return lines.stream().filter(line -> line.check().equals(check)).toList();
  }

  private void callSignedWith(String secret) {
    byte[] body = Hooks.newCall(UUID.randomUUID().toString()).getBytes(StandardCharsets.UTF_8);
    String signature = Signing.header(secret, Instant.now().getEpochSecond(), body);
    new Hooks(port).call("/livekit-api", body, "application/json", "Jambonz-Signature", signature);
  }

  private void postEvent(String key, String secret) {
    String token =
        JWT.create()
            .withIssuer(key)
            .withClaim("sha256", "")
            .withExpiresAt(Instant.now().plusSeconds(60))
            .sign(Algorithm.HMAC256(secret));
    new Hooks(port)
        .post(
            "/livekit-events",
            "{}".getBytes(StandardCharsets.UTF_8),
            "application/webhook+json",
            "Authorization",
            token);
  }
}
