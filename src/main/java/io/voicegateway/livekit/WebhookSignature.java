package io.voicegateway.livekit;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.IncorrectClaimException;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.exceptions.TokenExpiredException;
import io.voicegateway.call.RareWarning;
import io.voicegateway.call.RefusedPosts;
import io.voicegateway.call.RefusedPosts.From;
import io.voicegateway.call.RefusedPosts.Why;
import io.voicegateway.livekit.api.LiveKitSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
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

  private final JWTVerifier verifier;
  private final RefusedPosts posts;
  private final RareWarning refusals;

  WebhookSignature(LiveKitSettings settings, RefusedPosts posts, Clock clock) {
    this.posts = posts;
    var claims =
        JWT.require(Algorithm.HMAC256(settings.apiSecret()))
            .withIssuer(settings.apiKey())
            .withClaimPresence("exp")
            .withClaimPresence(BODY_HASH)
            .acceptLeeway(LEEWAY_SECONDS);
    this.verifier = ((JWTVerifier.BaseVerification) claims).build(clock);
    this.refusals = new RareWarning(clock);
  }

  /**
   * Lets a genuine webhook pass.
   *
   * @throws UntrustedWebhook with the reason, which is fit for logs
   */
  void verify(@Body byte @Nullable [] body, @Header("Authorization") @Nullable String token) {
    try {
      prove(body == null ? new byte[0] : body, token);
      posts.genuine(From.LIVEKIT);
    } catch (UntrustedWebhook strange) {
      posts.refused(From.LIVEKIT, strange.why());
      throw strange;
    }
  }

  private void prove(byte[] body, @Nullable String token) {
    if (token == null || token.isBlank()) {
      throw new UntrustedWebhook(Why.UNSIGNED, "no Authorization header");
    }
    String signed = claimedHash(token);
    if (!MessageDigest.isEqual(hash(body), signed.getBytes(StandardCharsets.US_ASCII))) {
      throw new UntrustedWebhook(Why.BODY, "its token was made for another body");
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

  private String claimedHash(String token) {
    try {
      return String.valueOf(verifier.verify(token).getClaim(BODY_HASH).asString());
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
    } catch (JWTVerificationException other) {
      throw new UntrustedWebhook(Why.SECRET, "LIVEKIT_API_SECRET did not sign its token");
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
