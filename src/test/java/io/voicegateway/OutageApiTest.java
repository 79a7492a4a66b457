package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/** The outage switch on the management port. */
@GatewayTest
@TestPropertySource(properties = {"gateway.ops.password=s3cret", "gateway.plan.country=US"})
class OutageApiTest {

  private static final String NUMBER = "+12125550100";

  @Value("${local.server.port}")
  private int management;

  @AfterEach
  void off() {
    Switches.set(management, false, NUMBER);
    Switches.set(management, false, "*");
  }

  @Test
  void theSwitchesThatAreOnAreShownWithWhoThrewThemAndWhen() {
    assertThat(Switches.get(management, "").path("outages")).isEmpty();
    Switches.set(management, true, NUMBER);

    JsonNode shown = Switches.set(management, true, "*");

    assertThat(shown.path("written").asBoolean()).isTrue();
    assertThat(shown.path("outages"))
        .extracting(one -> one.path("number").asText())
        .containsExactly("*", "***100");
    assertThat(shown.path("outages"))
        .allSatisfy(
            one -> {
              assertThat(one.path("by").asText()).isEqualTo("ops");
              assertThat(one.path("since").asText()).matches("\\d{4}-.*Z");
            });
    assertThat(Switches.get(management, "?full=true").findValuesAsText("number"))
        .containsExactly("*", NUMBER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+12125550100", "(212) 555-0100", "0012125550100"})
  void aNumberIsTakenInEveryFormOfItsCountry(String number) {
    Switches.set(management, true, number);

    assertThat(Switches.get(management, "?full=true").findValuesAsText("number"))
        .containsExactly(NUMBER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"on\": true}",
        "{\"number\": \"*\"}",
        "{\"on\": \"perhaps\", \"number\": \"*\"}",
        "{\"on\": true, \"number\": \"+4930*\"}",
        "{\"on\": true, \"number\": \"\"}",
        "nonsense",
      })
  void whatIsNotUnderstoodIsSaidInASentence(String body) {
    HttpResponse<String> answer = Switches.put(management, Switches.login(), body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Switches.json(answer).path("error").asText()).endsWith(".");
    assertThat(Switches.get(management, "").path("outages")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic b3BzOndyb25n", "Bearer x"})
  void nobodyThrowsItWithoutTheLogin(String login) {
    HttpResponse<String> answer =
        Switches.put(management, login, "{\"on\": true, \"number\": \"*\"}");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic ");
    assertThat(Switches.get(management, "").path("outages")).isEmpty();
  }

  @Test
  void nobodySeesItWithoutTheLoginAndTheHealthTellsNoNumber() {
    Switches.set(management, true, NUMBER);
    Hooks hooks = new Hooks(management);

    assertThat(hooks.get("/outage").status()).isEqualTo(401);
    assertThat(hooks.get("/health").json().at("/components/outage/details/switch").asText())
        .isEqualTo("on for one number");
    assertThat(hooks.get("/health").body()).doesNotContain("5550100");
  }
}
