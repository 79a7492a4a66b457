package io.voicegateway.sandbox;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Tokens good and bad for the sandbox of the tests. */
final class TestTokens {
  static final String KEY = "devkey";
  static final String SECRET = "secret-secret-secret-secret-secret-1234";

  private TestTokens() {}

  static String full(String room) {
    return sign(token(KEY, room), SECRET);
  }

  static String withoutGrants() {
    return JWT.create()
        .withIssuer(KEY)
        .withExpiresAt(Instant.now().plusSeconds(60))
        .sign(Algorithm.HMAC256(SECRET));
  }

  static String ofKey(String key) {
    return sign(token(key, ""), SECRET);
  }

  static String ofSecret(String secret) {
    return sign(token(KEY, ""), secret);
  }

  static String expired(long secondsAgo) {
    return sign(token(KEY, "").withExpiresAt(Instant.now().minusSeconds(secondsAgo)), SECRET);
  }

  static String validIn(long seconds) {
    return sign(token(KEY, "").withNotBefore(Instant.now().plusSeconds(seconds)), SECRET);
  }

  private static JWTCreator.Builder token(String key, String room) {
    Map<String, Object> video = new HashMap<>();
    video.put("roomCreate", true);
    video.put("roomList", true);
    video.put("roomAdmin", true);
    video.put("room", room);
    return JWT.create()
        .withIssuer(key)
        .withExpiresAt(Instant.now().plusSeconds(600))
        .withClaim("video", video)
        .withClaim("sip", Map.of("admin", true, "call", true));
  }

  private static String sign(JWTCreator.Builder token, String secret) {
    return token.sign(Algorithm.HMAC256(secret));
  }
}
