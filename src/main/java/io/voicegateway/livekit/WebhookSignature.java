package io.voicegateway.livekit;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.IncorrectClaimException;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.exceptions.TokenExpiredException;
import io.voicegateway.call.RareWarning;
import io.voicegateway.call.RefusedPosts;
import io.voicegateway.call.RefusedPosts.From;
import io.voicegateway.call.RefusedPosts.Why;
import io.voicegateway.project.LiveKitSettings;
import io.voicegateway.project.Project;
import io.voicegateway.project.Projects;
import io.voicegateway.project.SettingNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Checks that a webhook comes from our LiveKit: the header Authorization is a JWT, without
 * "Bearer", signed with the API secret, whose claim {@code sha256} is the base64 of the raw body's
 * SHA-256 (livekit/protocol, webhook/resource_url_notifier.go). It is valid from the moment it was
 * made: the SDK's own receiver, which allows no leeway, refuses it when LiveKit's clock is a second
 * ahead.
 */
@Component("webhookSignature")
final class WebhookSignature {

  static final int LEEWAY_SECONDS = 5;

  private static final Logger log = LoggerFactory.getLogger(WebhookSignature.class);
  private static final String BODY_HASH = "sha256";

  /** The verifier of each project, by its name. */
  private final Map<String, JWTVerifier> verifiers = new LinkedHashMap<>();

  private final Projects projects;
  private final RefusedPosts posts;
  private final RareWarning refusals;

  WebhookSignature(Projects projects, RefusedPosts posts, Clock clock) {
    this.projects = projects;
    this.posts = posts;
    this.refusals = new RareWarning(clock);
    projects
        .all()
        .forEach(project -> verifiers.put(project.name(), verifier(project.livekit(), clock)));
  }

  private static JWTVerifier verifier(LiveKitSettings settings, Clock clock) {
    var claims =
        JWT.require(Algorithm.HMAC256(settings.apiSecret()))
            .withIssuer(settings.apiKey())
            .withClaimPresence("exp")
            .withClaimPresence(BODY_HASH)
            .acceptLeeway(LEEWAY_SECONDS);
    return ((JWTVerifier.BaseVerification) claims).build(clock);
  }

  /**
   * Lets a genuine webhook pass: one that the LiveKit made whose API key its token names.
   *
   * @return the project's name
   * @throws UntrustedWebhook with the reason, which is fit for logs
   */
  String verify(@Body byte @Nullable [] body, @Header("Authorization") @Nullable String token) {
    try {
      String project = prove(body == null ? new byte[0] : body, token);
      posts.genuine(From.LIVEKIT);
      return project;
    } catch (UntrustedWebhook strange) {
      posts.refused(From.LIVEKIT, strange.why());
      throw strange;
    }
  }

  private String prove(byte[] body, @Nullable String token) {
    if (token == null || token.isBlank()) {
      throw new UntrustedWebhook(Why.UNSIGNED, "no Authorization header");
    }
    String project = issuer(token);
    String signed = claimedHash(token, project);
    if (!MessageDigest.isEqual(hash(body), signed.getBytes(StandardCharsets.US_ASCII))) {
      throw new UntrustedWebhook(Why.BODY, "its token was made for another body");
    }
    return project;
  }

  /** The project whose API key the token names; any when none has it, as it is refused then. */
  private String issuer(String token) {
    try {
      String key = JWT.decode(token).getIssuer();
      return projects.all().stream()
          .filter(project -> project.livekit().apiKey().equals(key))
          .map(Project::name)
          .findFirst()
          .orElse(Project.STANDARD);
    } catch (JWTDecodeException | DateTimeException noToken) {
      return Project.STANDARD;
    }
  }

  /** Says that a stranger was refused, at most once a minute. */
  void warn(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
    if (refusals.isDue()) {
      log.warn(
          "LiveKit webhook refused: {}. Others in the same minute are only counted",
          reason.getMessage());
    }
  }

  private String claimedHash(String token, String project) {
    try {
      return String.valueOf(
          Objects.requireNonNull(verifiers.get(project))
              .verify(token)
              .getClaim(BODY_HASH)
              .asString());
    } catch (TokenExpiredException expired) {
      throw new UntrustedWebhook(Why.TIME, "its token has expired: replayed, or a clock is wrong");
    } catch (IncorrectClaimException claim) {
      boolean otherKey = "iss".equals(claim.getClaimName());
      throw new UntrustedWebhook(
          otherKey ? Why.KEY : Why.TIME,
          otherKey
              ? "its token was made with another API key: webhook.api_key of LiveKit's settings"
                  + " must be LIVEKIT_API_KEY"
              : "its token is for the future: a clock is wrong");
    } catch (JWTVerificationException | DateTimeException other) {
      throw new UntrustedWebhook(
          Why.SECRET, new SettingNames(project).words("LIVEKIT_API_SECRET did not sign its token"));
    }
  }

  private static byte[] hash(byte[] body) {
    try {
      return Base64.getEncoder().encode(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
