package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.StubProvider.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.util.HtmlUtils;
import org.springframework.web.util.UriComponentsBuilder;

/** Operators and viewers log in by an OpenID provider. The settings are those of docs/login.md. */
@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(
    properties = {
      "gateway.ops.oidc.roles-claim=realm_access.roles",
      "gateway.ops.oidc.operator=gateway-operator",
      "gateway.ops.oidc.viewer=gateway-viewer",
      "gateway.ops.trusted-proxies=127.0.0.1",
      "spring.security.oauth2.client.registration.keycloak.client-id=" + StubProvider.CLIENT,
      "spring.security.oauth2.client.registration.keycloak.client-secret=" + StubProvider.SECRET,
      "spring.security.oauth2.client.registration.keycloak.client-name=Keycloak <of Acme>"
    })
class OidcTest {

  private static final String HTML = "text/html,application/xhtml+xml";
  private static final String BEGIN = "/oauth2/authorization/keycloak";
  private static final StubProvider PROVIDER = StubProvider.start();

  @Value("${local.server.port}")
  private int management;

  private final HttpClient http = HttpClient.newHttpClient();

  @DynamicPropertySource
  static void provider(DynamicPropertyRegistry settings) {
    settings.add("spring.security.oauth2.client.provider.keycloak.issuer-uri", PROVIDER::issuer);
  }

  @AfterAll
  static void end() {
    PROVIDER.close();
  }

  @AfterEach
  void off() {
    Switches.set(management, false, "+15550001000");
  }

  // ---- who is let in

  @Test
  void thePageOffersTheProviderBesideThePassword() {
    assertThat(get("/login?to=%2Froutes%3Fa%3D1").body())
        .contains("name=\"password\"", "Log in with Keycloak &lt;of Acme&gt;")
        .contains("href=\"" + BEGIN + "?to=%2Froutes%3Fa%3D1\"");
  }

  @Test
  void anOperatorDoesWhatOperatorsDoInTheNameThatTheProviderTells(CapturedOutput output) {
    PROVIDER.vouchFor("ada", "gateway-operator", "gateway-viewer");

    String session = session(logIn("/console/switches"));

    String page = get("/console/switches", "Cookie", session).body();
    assertThat(page).contains("ada <span class=\"role\">operator");
    HttpResponse<String> thrown = throwSwitch(session, token(page));
    assertThat(thrown.statusCode()).as(thrown.body()).isEqualTo(200);
    assertThat(Switches.json(thrown).toString()).contains("\"ada\"");
    assertThat(output.getOut()).contains(", by ada at ");
    assertThat(get("/outage?full=true", "Cookie", session).body()).contains("+15550001000");
  }

  @Test
  void aChangeWithoutThePagesTokenIsRefused() {
    PROVIDER.vouchFor("ada", "gateway-operator");
    String session = session(logIn("/"));

    assertThat(send("PUT", "/outage", "{}", "Cookie", session).statusCode()).isEqualTo(403);
  }

  @Test
  void aViewerSeesNumbersMaskedAndChangesNothing() {
    Switches.set(management, true, "+15550001000");
    PROVIDER.vouchFor("vera", "gateway-viewer");

    String session = session(logIn("/"));

    assertThat(get("/outage", "Cookie", session).body())
        .contains("***000")
        .doesNotContain("+15550001000");
    String page = get("/console/switches", "Cookie", session).body();
    assertThat(page).contains("vera <span class=\"role\">viewer");
    assertThat(get("/outage?full=true", "Cookie", session).statusCode()).isEqualTo(403);
    assertThat(get("/hawtio/", "Cookie", session).statusCode()).isEqualTo(403);
    assertThat(
            send("PUT", "/outage", "{}", "Cookie", session, "X-CSRF-TOKEN", token(page))
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void whoHasNeitherRoleIsToldSoAndGetsNoSession() {
    PROVIDER.vouchFor("nora", "offline_access");

    HttpResponse<String> answer = logIn("/");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(HtmlUtils.htmlUnescape(answer.body()))
        .contains(
            "nora has no role here: whoever keeps Keycloak <of Acme> gives the role"
                + " gateway-operator or gateway-viewer.");
    assertThat(answer.headers().allValues("Set-Cookie"))
        .noneMatch(cookie -> cookie.startsWith("gateway-session="));
  }

  @Test
  void withoutAnotherNameItIsTheSubjects() {
    PROVIDER.vouchFor(
        Map.of("realm_access", Map.of("roles", "gateway-viewer"), "name", "Somebody Else"));

    String session = session(logIn("/"));

    assertThat(get("/", "Cookie", session).body()).contains("f3a0c1 <span class=\"role\">viewer");
  }

  @Test
  void aNameStartsNoLineOfItsOwnInTheLog(CapturedOutput output) {
    PROVIDER.vouchFor("eve\n12:00:00 WARN all is lost", "gateway-operator");
    String session = session(logIn("/"));
    String token = token(get("/console/switches", "Cookie", session).body());

    throwSwitch(session, token);

    assertThat(output.getOut()).contains("by eve?12:00:00 WARN");
  }

  @Test
  void theCamelConsoleWorksInTheSession() {
    PROVIDER.vouchFor("ada", "gateway-operator");
    String session = session(logIn("/hawtio/"));

    String cookie =
        get("/hawtio/", "Cookie", session, "Accept", HTML)
            .headers()
            .allValues("Set-Cookie")
            .stream()
            .filter(set -> set.startsWith("XSRF-TOKEN="))
            .findFirst()
            .orElseThrow();
    String token = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    String asked = "{\"type\": \"version\"}";
    String[] headers = {"Cookie", session, "Content-Type", "application/json"};

    assertThat(send("POST", "/jolokia", asked, headers).statusCode()).isEqualTo(403);
    HttpResponse<String> answer =
        send(
            "POST",
            "/jolokia",
            asked,
            "Cookie",
            session,
            "Content-Type",
            "application/json",
            "X-XSRF-TOKEN",
            token);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"protocol\"");
  }

  // ---- the way there and back

  @Test
  void aBrowserIsKnownOnItsWayBackByACookieThatComesFromAnotherSiteToo() {
    HttpResponse<String> there = get(BEGIN);

    assertThat(there.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .startsWith("gateway-login=")
        .contains("HttpOnly", "SameSite=Lax", "Path=/login/oauth2/code/");
    assertThat(there.headers().firstValue("Location").orElseThrow())
        .startsWith(PROVIDER.issuer() + "/auth?")
        .contains("scope=openid%20profile", "code_challenge_method=S256", "nonce=", "state=");
  }

  @Test
  void theSessionsCookieStaysOneForNoOtherSite() {
    PROVIDER.vouchFor("ada", "gateway-operator");

    assertThat(logIn("/").headers().allValues("Set-Cookie"))
        .filteredOn(cookie -> cookie.startsWith("gateway-session="))
        .singleElement()
        .asString()
        .contains("HttpOnly", "SameSite=Strict");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"//evil.example", "https://evil.example/", "/\\evil.example", "javascript:x"})
  void theLoginLeadsToNoOtherHost(String to) {
    PROVIDER.vouchFor("ada", "gateway-operator");

    assertThat(logIn(to).body()).contains("content=\"0;url=/\"").doesNotContain("evil");
  }

  @Test
  void behindAProxyTheWayBackIsTheProxysAddress() {
    assertThat(redirectUri("X-Forwarded-Proto", "https", "X-Forwarded-Host", "ops.example.com"))
        .isEqualTo("https://ops.example.com/login/oauth2/code/keycloak");
    assertThat(redirectUri("X-Forwarded-Host", "no host"))
        .startsWith("http://127.0.0.1:" + management);
    assertThat(redirectUri())
        .isEqualTo("http://127.0.0.1:%d/login/oauth2/code/keycloak".formatted(management));
  }

  @Test
  void anUnknownProviderIsSaidOnAPage() {
    HttpResponse<String> answer = get("/oauth2/authorization/nobody");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("There is no login of this name.");
  }

  // ---- what is refused

  @Test
  void aWayBackWithAnotherStateIsRefused() {
    PROVIDER.vouchFor("ada", "gateway-operator");
    HttpResponse<String> there = get(BEGIN);
    String back = ask(there.headers().firstValue("Location").orElseThrow());

    HttpResponse<String> answer =
        get(local(back).replaceAll("state=[^&]*", "state=another"), "Cookie", session(there));

    assertIsRefused(answer, "begin again");
  }

  @Test
  void aWayBackThatAnotherBrowserBeganIsRefused() {
    PROVIDER.vouchFor("ada", "gateway-operator");
    String back = ask(get(BEGIN).headers().firstValue("Location").orElseThrow());

    assertIsRefused(get(local(back)), "begin again");
    assertIsRefused(get(local(back), "Cookie", session(get(BEGIN))), "begin again");
  }

  @Test
  void aWayBackIsTakenOnce() {
    PROVIDER.vouchFor("ada", "gateway-operator");
    HttpResponse<String> there = get(BEGIN);
    String back = local(ask(there.headers().firstValue("Location").orElseThrow()));
    assertThat(get(back, "Cookie", session(there)).statusCode()).isEqualTo(200);

    assertIsRefused(get(back, "Cookie", session(there)), "begin again");
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aTokenThatIsNotTheProvidersForThisLoginIsRefusedAndShownNowhere(
      Fault fault, CapturedOutput output) {
    PROVIDER.vouchFor("ada", "gateway-operator");
    PROVIDER.doWrong(fault);

    HttpResponse<String> answer = logIn("/", "X-Forwarded-For", "192.0.2." + fault.ordinal());

    assertIsRefused(answer, "not to be trusted");
    assertThat(answer.body()).doesNotContain(StubProvider.ACCESS_TOKEN, "eyJ");
    assertThat(output.getOut())
        .contains("A login by a provider failed: ")
        .doesNotContain(StubProvider.ACCESS_TOKEN, "eyJ", StubProvider.SECRET);
  }

  @Test
  void whatTheProviderRefusedIsSaidInWordsOfOurs() {
    HttpResponse<String> there = get(BEGIN);
    String state = parameter(there.headers().firstValue("Location").orElseThrow(), "state");

    HttpResponse<String> answer =
        get(
            "/login/oauth2/code/keycloak?error=access_denied&error_description=%3Cb%3Ex&state="
                + state,
            "Cookie",
            session(there));

    assertIsRefused(answer, "broken off at the provider");
  }

  @Test
  void failuresCountAsThoseByPasswordDo() {
    PROVIDER.vouchFor("ada", "gateway-operator");
    PROVIDER.doWrong(Fault.REFUSES_CODES);
    String[] from = {"X-Forwarded-For", "192.0.2.77"};
    for (int attempt = 0; attempt < 10; attempt++) {
      assertThat(logIn("/", from).statusCode()).isEqualTo(401);
    }

    HttpResponse<String> answer = get(BEGIN, from);

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains("Too many attempts");
    assertThat(get(BEGIN, "X-Forwarded-For", "192.0.2.78").statusCode()).isEqualTo(302);
  }

  // ---- the end

  @Test
  void whoLogsOutIsLoggedOutAtTheProviderToo() {
    PROVIDER.vouchFor("ada", "gateway-operator");
    String session = session(logIn("/"));
    String token = token(get("/console/switches", "Cookie", session).body());

    HttpResponse<String> answer =
        send("POST", "/logout", "", "Accept", HTML, "Cookie", session, "X-CSRF-TOKEN", token);

    assertThat(answer.statusCode()).isEqualTo(200);
    String to = onward(answer);
    assertThat(to).startsWith(PROVIDER.issuer() + "/logout?");
    assertThat(parameter(to, "id_token_hint")).startsWith("eyJ");
    assertThat(ask(to)).isEqualTo("http://127.0.0.1:%d/login?out".formatted(management));
    assertThat(get("/outage", "Cookie", session).statusCode()).isEqualTo(401);
  }

  // ---- a browser

  /** Goes there and back; what the gateway says to that. */
  private HttpResponse<String> logIn(String to, String... headers) {
    HttpResponse<String> there =
        get(BEGIN + "?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8), headers);
    assertThat(there.statusCode()).as(there.body()).isEqualTo(302);
    String back = ask(there.headers().firstValue("Location").orElseThrow());
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Cookie";
    all[headers.length + 1] = session(there);
    return get(local(back), all);
  }

  private String redirectUri(String... headers) {
    return parameter(
        get(BEGIN, headers).headers().firstValue("Location").orElseThrow(), "redirect_uri");
  }

  private static String parameter(String address, String name) {
    return URLDecoder.decode(
        UriComponentsBuilder.fromUriString(address).build().getQueryParams().getFirst(name),
        StandardCharsets.UTF_8);
  }

  private static void assertIsRefused(HttpResponse<String> answer, String words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(answer.body()).contains(words, "name=\"password\"");
    assertThat(answer.headers().allValues("Set-Cookie"))
        .noneMatch(cookie -> cookie.startsWith("gateway-session="));
  }

  /** Where a page leads on. */
  private static String onward(HttpResponse<String> page) {
    return HtmlUtils.htmlUnescape(found("content=\"0;url=([^\"]*)\"", page.body()));
  }

  private static String token(String page) {
    return found("name=\"_csrf\" value=\"([^\"]*)\"", page);
  }

  private static String found(String pattern, String text) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(1);
  }

  /** The last cookie that is set. */
  private static String session(HttpResponse<String> answer) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> !cookie.contains("Max-Age=0"))
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError(answer.statusCode() + ": " + answer.body()))
        .split(";", 2)[0];
  }

  private static String local(String address) {
    URI uri = URI.create(address);
    return uri.getRawPath() + "?" + uri.getRawQuery();
  }

  /** Asks the provider; where it sends the browser. */
  private String ask(String address) {
    return send(HttpRequest.newBuilder(URI.create(address)))
        .headers()
        .firstValue("Location")
        .orElseThrow();
  }

  private HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + path))
            .method(method, BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpResponse<String> throwSwitch(String session, String token) {
    return send(
        "PUT",
        "/outage",
        "{\"on\": true, \"number\": \"+15550001000\"}",
        "Content-Type",
        "application/json",
        "Cookie",
        session,
        "X-CSRF-TOKEN",
        token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }
}
