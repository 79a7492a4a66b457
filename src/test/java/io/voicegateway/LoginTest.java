package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is let in on the management port, and what he may do there. */
@GatewayTest
@Import(LoginTest.Page.class)
@TestPropertySource(properties = "gateway.ops.viewer-password=look")
class LoginTest {

  private static final String HTML = "text/html,application/xhtml+xml";
  private static final String ALL_OFF = "{\"on\": false, \"number\": \"*\"}";
  private static final String OPERATOR = basic("ops:s3cret");
  private static final String VIEWER = basic("viewer:look");

  @Value("${local.server.port}")
  private int management;

  @Value("${local.gateway.port}")
  private int port;

  @Autowired private ApplicationContext beans;

  private final HttpClient http = HttpClient.newHttpClient();

  /** A page of the console, as far as the token goes. */
  @RestController
  @TestComponent
  static class Page {

    @GetMapping("/page")
    String show(CsrfToken token) {
      return token.getHeaderName() + " " + token.getToken();
    }
  }

  @AfterEach
  void off() {
    Switches.set(management, false, "+15550001000");
  }

  // ---- without a login

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/outage",
        "/routes",
        "/refused",
        "/prometheus",
        "/page",
        "/nowhere",
        "/error"
      })
  void withoutALoginNothingIsShown(String path) {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic ");
    assertThat(Switches.json(answer).path("error").asText()).contains("OPS_USER");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/liveness", "/health/readiness"})
  void itsHealthEverybodyMaySee(String path) {
    assertThat(get(path).statusCode()).isEqualTo(200);
  }

  // ---- a browser

  @Test
  void aBrowserIsShownTheLoginAndGoesOnToThePageThatItWanted() {
    HttpResponse<String> refused = get("/routes?a=1&b=2", "Accept", HTML);
    assertThat(refused.statusCode()).isEqualTo(302);
    String login = refused.headers().firstValue("Location").orElseThrow();
    assertThat(login).isEqualTo("/login?to=%2Froutes%3Fa%3D1%26b%3D2");
    assertThat(get("/login?to=%2Froutes%3Fa%3D1%26b%3D2").body())
        .contains("action=\"/login\"", "value=\"/routes?a=1&amp;b=2\"");

    HttpResponse<String> answer = logIn("ops", "s3cret", "/routes?a=1&b=2");

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/routes?a=1&b=2");
    assertThat(get("/routes", "Cookie", session(answer)).statusCode()).isEqualTo(200);
  }

  @Test
  void withoutAProviderNoneIsOfferedAndNothingOfItIsThere() {
    assertThat(get("/login").body()).doesNotContain("Log in with");
    assertThat(get("/oauth2/authorization/keycloak").statusCode()).isEqualTo(401);
    assertThat(get("/login/oauth2/code/keycloak").statusCode()).isEqualTo(401);
    assertThat(beans.getBeanNamesForType(ClientRegistrationRepository.class)).isEmpty();
    assertThat(
            Stream.of(beans.getBeanDefinitionNames())
                .map(beans::getType)
                .filter(Objects::nonNull)
                .map(Class::getName)
                .filter(
                    name -> name.matches("io\\.voicegateway\\.login\\.Oidc.*|.*boot.*OAuth2.*")))
        .isEmpty();
  }

  @Test
  void aSessionsCookieIsForNoScriptAndNoOtherSite() {
    assertThat(logIn("ops", "s3cret", "/").headers().firstValue("Set-Cookie").orElse(""))
        .startsWith("gateway-session=")
        .contains("HttpOnly", "SameSite=Strict");
  }

  @Test
  void nobodyHasASessionBeforeHeLoggedIn() {
    assertThat(get("/login").headers().map()).doesNotContainKey("set-cookie");
    assertThat(get("/outage", "Accept", HTML).headers().map()).doesNotContainKey("set-cookie");
    assertThat(logIn("ops", "wrong", "/").headers().map()).doesNotContainKey("set-cookie");
    assertThat(get("/outage", "Authorization", OPERATOR).headers().map())
        .doesNotContainKey("set-cookie");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"//evil.example", "https://evil.example/", "/\\evil.example", "javascript:x", ""})
  void theLoginLeadsToNoOtherHost(String to) {
    assertThat(logIn("ops", "s3cret", to).headers().firstValue("Location").orElse(""))
        .isEqualTo("/");
  }

  @Test
  void thePageSaysWhatIsWrongAndKeepsWhatIsSentFromBecomingMarkup() {
    HttpResponse<String> answer = logIn("ops", "wrong", "/\"><script>");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(answer.body()).contains("Wrong user or password").doesNotContain("<script>");
  }

  @Test
  void aBrowserIsNeverAskedForBasicWhichItWouldKeep() {
    for (String[] script :
        new String[][] {
          {"Sec-Fetch-Mode", "cors"}, {"HX-Request", "true"}, {"X-Requested-With", "fetch"}
        }) {
      HttpResponse<String> answer = get("/outage", script);

      assertThat(answer.statusCode()).as(script[0]).isEqualTo(401);
      assertThat(answer.headers().map()).as(script[0]).doesNotContainKey("www-authenticate");
      assertThat(answer.headers().firstValue("HX-Redirect")).as(script[0]).hasValue("/login");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/console/nowhere, 404, There is no page at this address.",
    "/nowhere, 404, There is no page at this address.",
    "/logout, 404, There is no page at this address.",
    "/console/switches/confirm, 405, This address shows no page",
    "/console/letters/x/replay, 405, This address shows no page",
    "/dead-letters/x/replay, 405, This address shows no page"
  })
  void whereThereIsNoPageOneSaysSoAndLeadsHome(String path, int status, String words) {
    HttpResponse<String> answer =
        get(path, "Cookie", session(logIn("ops", "s3cret", "/")), "Accept", HTML);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(answer.body())
        .contains(words, "href=\"/\"", "console.css")
        .doesNotContain("Whitelabel");
  }

  @Test
  void aToolIsToldTheSameInJson() {
    HttpResponse<String> answer = get("/console/nowhere", "Authorization", OPERATOR);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(Switches.json(answer).path("error").asText()).isEqualTo("Not Found");
  }

  @Test
  void whoLogsOutIsOut() {
    String session = session(logIn("ops", "s3cret", "/"));
    String[] token = get("/page", "Cookie", session).body().split(" ");

    HttpResponse<String> answer =
        send("POST", "/logout", "", "Accept", HTML, "Cookie", session, token[0], token[1]);

    assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/login?out");
    assertThat(get("/login?out").body()).contains("You are logged out.");
    assertThat(get("/outage", "Cookie", session).statusCode()).isEqualTo(401);
  }

  // ---- pages from elsewhere

  @Test
  void aChangeInASessionNeedsThePagesToken() {
    String session = session(logIn("ops", "s3cret", "/"));
    String[] token = get("/page", "Cookie", session).body().split(" ");
    assertThat(token[0]).isEqualTo("X-CSRF-TOKEN");

    HttpResponse<String> without = put(ALL_OFF, "Cookie", session);

    assertThat(without.statusCode()).isEqualTo(403);
    assertThat(Switches.json(without).path("error").asText()).contains("load the page again");
    assertThat(put(ALL_OFF, "Cookie", session, token[0], token[1]).statusCode()).isEqualTo(200);
  }

  @Test
  void basicBesideASessionIsNoWayAroundTheToken() {
    String session = session(logIn("ops", "s3cret", "/"));

    assertThat(put(ALL_OFF, "Cookie", session, "Authorization", OPERATOR).statusCode())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site, 403",
    "Sec-Fetch-Site, same-site, 403",
    "Sec-Fetch-Site, same-origin, 200",
    "Sec-Fetch-Site, none, 200",
    "Origin, https://evil.example, 403",
    "Origin, null, 403",
    "Origin, http://127.0.0.1:1, 403"
  })
  void aPageFromElsewhereChangesNothingByBasicEither(String header, String value, int status) {
    assertThat(put(ALL_OFF, "Authorization", OPERATOR, header, value).statusCode())
        .isEqualTo(status);
  }

  @Test
  void aPageFromElsewhereLogsNobodyIn() {
    HttpResponse<String> answer =
        send(
            "POST",
            "/login",
            "username=ops&password=s3cret",
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Sec-Fetch-Site",
            "cross-site");

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void pagesTakeNothingFromElsewhereAndStandInNobodysFrame() {
    assertThat(get("/login").headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'self'", "frame-ancestors 'none'");
    assertThat(get("/login").headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(get("/login").headers().firstValue("X-Frame-Options")).hasValue("DENY");
  }

  // ---- a viewer

  @Test
  void aViewerSeesNumbersMasked() {
    Switches.set(management, true, "+15550001000");

    assertThat(get("/outage", "Authorization", VIEWER).body()).contains("***000");
    assertThat(get("/prometheus", "Authorization", VIEWER).statusCode()).isNotEqualTo(403);
    HttpResponse<String> full = get("/outage?full=true", "Authorization", VIEWER);
    assertThat(full.statusCode()).isEqualTo(403);
    assertThat(Switches.json(full).path("error").asText())
        .startsWith("A viewer sees numbers masked");
    assertThat(get("/outage?full=false&full=true", "Authorization", VIEWER).statusCode())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/outage?full=true", "/hawtio/", "/console/switches?full=true"})
  void aViewersBrowserIsToldOnAPageWhatIsNotForHim(String path) {
    HttpResponse<String> answer =
        get(path, "Cookie", session(logIn("viewer", "look", "/")), "Accept", HTML);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(answer.body())
        .contains("A viewer sees numbers masked", "href=\"/\"", "console.css")
        .contains("viewer <span class=\"role\">viewer");
  }

  @Test
  void aViewerChangesNothing() {
    HttpResponse<String> answer = put("{\"on\": true, \"number\": \"*\"}", "Authorization", VIEWER);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(Switches.json(answer).path("error").asText()).contains("changes nothing");
    assertThat(get("/outage", "Authorization", OPERATOR).body()).doesNotContain("\"*\"");
  }

  @Test
  void aViewerIsOneOnThePublicPortToo() {
    Hooks hooks = new Hooks(port);
    String[] viewer = {"Authorization", VIEWER};

    assertThat(hooks.get("/livekit-api/calls", viewer).status()).isEqualTo(200);
    assertThat(hooks.get("/livekit-api/calls?full=true", viewer).status()).isEqualTo(403);
    Hooks.Reply order = hooks.post("/livekit-api/calls", new byte[0], "application/json", viewer);
    assertThat(order.status()).isEqualTo(403);
    assertThat(order.json().path("error").asText()).contains("changes nothing");
  }

  private HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  private HttpResponse<String> put(String body, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/json";
    return send("PUT", "/outage", body, all);
  }

  private HttpResponse<String> logIn(String user, String password, String to) {
    String form =
        "username=%s&password=%s&to=%s"
            .formatted(user, password, URLEncoder.encode(to, StandardCharsets.UTF_8));
    return send("POST", "/login", form, "Content-Type", "application/x-www-form-urlencoded");
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + path))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private static String session(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }
}
