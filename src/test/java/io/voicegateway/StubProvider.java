package io.voicegateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * An OpenID provider as Keycloak is one, as far as a login goes. It asks for no password: whom it
 * vouches for is what a test says.
 */
public final class StubProvider implements AutoCloseable {

  public static final String CLIENT = "gateway";
  public static final String SECRET = "client-s3cret";
  public static final String ACCESS_TOKEN = "acc3ss-t0ken";

  private static final RSAKey KEY = key();
  private static final RSAKey FOREIGN_KEY = key();

  private final int port;
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();
  private volatile Map<String, Object> person = Map.of();
  private volatile Fault fault = Fault.NONE;
  private HttpServer server;

  /** What it does wrong. */
  public enum Fault {
    NONE,
    WRONG_KEY,
    WRONG_NONCE,
    WRONG_ISSUER,
    WRONG_AUDIENCE,
    TOO_OLD,
    REFUSES_CODES
  }

  private record Grant(String nonce, String challenge, String redirect) {}

  private StubProvider(int port) {
    this.port = port;
  }

  /** One that answers. */
  public static StubProvider start() {
    StubProvider provider = later();
    provider.begin();
    return provider;
  }

  /** One that is down until it begins. */
  public static StubProvider later() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new StubProvider(free.getLocalPort());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public void begin() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    server.createContext("/realms/acme/.well-known/openid-configuration", this::discover);
    server.createContext("/realms/acme/auth", this::authorize);
    server.createContext("/realms/acme/sign-in", this::signIn);
    server.createContext("/realms/acme/token", this::token);
    server.createContext("/realms/acme/certs", this::keys);
    server.createContext("/realms/acme/logout", this::logOut);
    server.start();
  }

  /** At a host of its own, so that for browsers it is another site than the gateway. */
  public String issuer() {
    return "http://localhost:" + port + "/realms/acme";
  }

  /** Says who is logged in there, by his name and the realm's roles. */
  public void vouchFor(String name, String... roles) {
    vouchFor(
        Map.of(
            "preferred_username",
            name,
            "realm_access",
            Map.of("roles", List.of((Object[]) roles))));
  }

  public void vouchFor(Map<String, Object> claims) {
    person = claims;
    fault = Fault.NONE;
  }

  public void doWrong(Fault wrong) {
    fault = wrong;
  }

  private void discover(HttpExchange exchange) throws IOException {
    json(
        exchange,
        200,
        """
        {"issuer": "ISSUER", "authorization_endpoint": "ISSUER/auth", "token_endpoint": "ISSUER/token",
         "jwks_uri": "ISSUER/certs", "end_session_endpoint": "ISSUER/logout",
         "response_types_supported": ["code"], "subject_types_supported": ["public"],
         "id_token_signing_alg_values_supported": ["RS256"]}"""
            .replace("ISSUER", issuer()));
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
    String code = UUID.randomUUID().toString();
    grants.put(
        code,
        new Grant(asked.get("nonce"), asked.get("code_challenge"), asked.get("redirect_uri")));
    String back =
        asked.get("redirect_uri")
            + "?code="
            + code
            + "&state="
            + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8);
    if (showsPages(exchange)) {
      page(
          exchange,
          "<form method=\"post\" action=\"%s/sign-in?to=%s\"><button>Sign in"
              .formatted(issuer(), URLEncoder.encode(back, StandardCharsets.UTF_8)));
    } else {
      redirect(exchange, back);
    }
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> asked =
        parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Grant grant = grants.remove(asked.getOrDefault("code", ""));
    String login =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
    if (grant == null
        || fault == Fault.REFUSES_CODES
        || !login.equals(exchange.getRequestHeaders().getFirst("Authorization"))
        || !grant.redirect().equals(asked.get("redirect_uri"))
        || !grant.challenge().equals(challenge(asked.get("code_verifier")))) {
      json(
          exchange,
          400,
          "{\"error\": \"invalid_grant\", \"error_description\": \"%s\"}".formatted(ACCESS_TOKEN));
      return;
    }
    json(
        exchange,
        200,
        """
        {"access_token": "%s", "token_type": "Bearer", "expires_in": 60, "id_token": "%s"}"""
            .formatted(ACCESS_TOKEN, idToken(grant)));
  }

  private String idToken(Grant grant) {
    Instant now = Instant.now().minusSeconds(fault == Fault.TOO_OLD ? 3600 : 0);
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(fault == Fault.WRONG_ISSUER ? "http://localhost:1" : issuer())
            .audience(fault == Fault.WRONG_AUDIENCE ? "another" : CLIENT)
            .subject("f3a0c1")
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(60)))
            .claim("nonce", fault == Fault.WRONG_NONCE ? "another" : grant.nonce());
    person.forEach(claims::claim);
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("key").build(), claims.build());
    try {
      token.sign(new RSASSASigner(fault == Fault.WRONG_KEY ? FOREIGN_KEY : KEY));
    } catch (JOSEException failed) {
      throw new IllegalStateException(failed);
    }
    return token.serialize();
  }

  private void keys(HttpExchange exchange) throws IOException {
    json(exchange, 200, new JWKSet(KEY.toPublicJWK()).toString());
  }

  private void logOut(HttpExchange exchange) throws IOException {
    redirect(
        exchange,
        parameters(exchange.getRequestURI().getRawQuery()).get("post_logout_redirect_uri"));
  }

  private void signIn(HttpExchange exchange) throws IOException {
    redirect(exchange, parameters(exchange.getRequestURI().getRawQuery()).get("to"));
  }

  /** A person looks, and presses a button. */
  private static boolean showsPages(HttpExchange exchange) {
    String accepted = exchange.getRequestHeaders().getFirst("Accept");
    return accepted != null && accepted.contains("text/html");
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private static void page(HttpExchange exchange, String body) throws IOException {
    answer(exchange, 200, "text/html", "<!doctype html><title>Provider</title>" + body);
  }

  private static void json(HttpExchange exchange, int status, String body) throws IOException {
    answer(exchange, status, "application/json", body);
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Map<String, String> parameters(String query) {
    return UriComponentsBuilder.fromUri(URI.create("/?" + query))
        .build()
        .getQueryParams()
        .entrySet()
        .stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> URLDecoder.decode(entry.getValue().get(0), StandardCharsets.UTF_8),
                (first, second) -> first,
                LinkedHashMap::new));
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).keyID("key").generate();
    } catch (JOSEException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
  }
}
