package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voicegateway.Hooks.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A provider that is down when the gateway starts or later, and one that hangs. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(OrderAnnotation.class)
@TestPropertySource(
    properties = {
      "spring.security.oauth2.client.registration.keycloak.client-id=" + StubProvider.CLIENT,
      "spring.security.oauth2.client.registration.keycloak.client-secret=" + StubProvider.SECRET,
      "spring.security.oauth2.client.registration.hung.client-id=" + StubProvider.CLIENT
    })
class OidcDownTest {

  private static final String BEGIN = "/oauth2/authorization/keycloak";
  private static final StubProvider PROVIDER = StubProvider.later();

  /** Takes connections and says nothing. */
  private static final ServerSocket HUNG = hung();

  @Value("${local.server.port}")
  private int management;

  @Value("${local.gateway.port}")
  private int port;

  @DynamicPropertySource
  static void provider(DynamicPropertyRegistry settings) {
    settings.add("spring.security.oauth2.client.provider.keycloak.issuer-uri", PROVIDER::issuer);
    settings.add(
        "spring.security.oauth2.client.provider.hung.issuer-uri",
        () -> "http://127.0.0.1:" + HUNG.getLocalPort());
  }

  @AfterAll
  static void end() throws IOException {
    PROVIDER.close();
    HUNG.close();
  }

  @Test
  @Order(1)
  void theGatewayServesAndSaysWhoCannotLogIn(CapturedOutput output) {
    assertThat(new Hooks(port).call(Hooks.newCall("5d0b1e7e-oidc-down")).verbs())
        .startsWith("dial");

    Reply answer = new Hooks(management).get(BEGIN);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body())
        .contains("keycloak does not answer: try again, or log in with a password.")
        .contains("Log in with keycloak", "name=\"password\"");
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(output.getOut())
                    .contains("WARN  Nobody can log in with keycloak until it answers")
                    .contains(PROVIDER.issuer(), "ConnectException"));
    assertThat(Hooks.ofOperator(management).get("/outage").status()).isEqualTo(200);
  }

  @Test
  @Order(2)
  void onceItAnswersItIsUsedWithoutARestart() {
    PROVIDER.begin();

    assertThat(new Hooks(management).get(BEGIN).status()).isEqualTo(302);
  }

  @Test
  @Order(3)
  void whenItGoesDownDuringALoginThatIsSaidAndIsNobodysFailure() {
    Reply there = new Hooks(management).get(BEGIN);
    String state = state(there);
    PROVIDER.close();

    Reply back =
        new Hooks(management)
            .get(
                "/login/oauth2/code/keycloak?code=c&state=" + state,
                "Cookie",
                there.cookie().split(";", 2)[0]);

    assertThat(back.status()).isEqualTo(503);
    assertThat(back.body()).contains("The provider does not answer");
  }

  @Test
  @Order(4)
  void oneThatHangsHoldsAFewWhoLogInAndNobodyElse() {
    List<CompletableFuture<Reply>> logins =
        IntStream.range(0, 4)
            .mapToObj(
                login ->
                    CompletableFuture.supplyAsync(
                        () -> new Hooks(management).get("/oauth2/authorization/hung"),
                        asked -> new Thread(asked).start()))
            .toList();

    Reply health = new Hooks(management).get("/health/liveness");

    assertThat(health.status()).isEqualTo(200);
    List<Reply> answers = logins.stream().map(CompletableFuture::join).toList();
    assertThat(answers).extracting(Reply::status).containsOnly(503);
    assertThat(answers)
        .filteredOn(answer -> answer.body().contains("Others log in at this moment"))
        .hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.body().contains("hung does not answer"))
        .hasSize(3);
  }

  private static ServerSocket hung() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String state(Reply there) {
    return there.location().replaceAll(".*[?&]state=([^&]*).*", "$1");
  }
}
