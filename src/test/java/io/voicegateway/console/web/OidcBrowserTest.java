package io.voicegateway.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.GatewayTest;
import io.voicegateway.StubProvider;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * A login by a provider in a real browser, for which the provider is another site: it keeps the
 * session's cookie from requests that come from there, and forms to the gateway's own addresses.
 */
@GatewayTest
@TestPropertySource(
    properties = {
      "spring.security.oauth2.client.registration.keycloak.client-id=" + StubProvider.CLIENT,
      "spring.security.oauth2.client.registration.keycloak.client-secret=" + StubProvider.SECRET,
      "spring.security.oauth2.client.registration.keycloak.client-name=Keycloak"
    })
class OidcBrowserTest {

  private static final StubProvider PROVIDER = StubProvider.start();

  @Value("${local.server.port}")
  private int management;

  @DynamicPropertySource
  static void provider(DynamicPropertyRegistry settings) {
    settings.add("spring.security.oauth2.client.provider.keycloak.issuer-uri", PROVIDER::issuer);
  }

  @AfterAll
  static void end() {
    PROVIDER.close();
  }

  @Test
  void anOperatorComesBackToThePageThatHeWantedAndLogsOutAgain() {
    PROVIDER.vouchFor(Map.of("preferred_username", "ada", "roles", "operator"));
    try (Browser browser = Browser.open(management)) {
      browser.go("/console/switches");
      browser.find("a.other").click();
      browser.waitFor(page -> page.text().contains("Sign in"));
      browser.find("button").click();

      browser.waitFor(page -> page.text().contains("ada operator"));
      assertThat(browser.path()).isEqualTo("/console/switches");

      browser.find("form.visitor button").click();

      browser.waitFor(page -> page.text().contains("You are logged out."));
      browser.go("/");
      assertThat(browser.path()).startsWith("/login");
    }
  }
}
