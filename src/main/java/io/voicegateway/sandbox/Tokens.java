package io.voicegateway.sandbox;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.Claim;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the token of a request and refuses it in the words of LiveKit. */
record Tokens(String apiKey, String apiSecret) {
  private static final Duration LEEWAY = Duration.ofMinutes(1);
  private static final String BEARER = "Bearer ";

  /** A token LiveKit does not accept; answered with 401 and this plain text. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message, null, false, false);
    }
  }

  /** The grants of an Authorization header. Without one there are none, which is no refusal yet. */
  Grants grants(@Nullable String authorization) throws Refused {
    if (authorization == null || authorization.isEmpty()) {
      return Grants.NONE;
    }
    if (!authorization.startsWith(BEARER)) {
      throw new Refused("invalid authorization header. Must start with " + BEARER);
    }
    String token = authorization.substring(BEARER.length());
    DecodedJWT jwt = decode(token);
    if (!apiKey.equals(jwt.getIssuer())) {
      throw new Refused("invalid API key: " + jwt.getIssuer());
    }
    verify(jwt, token);
    return new Grants(map(jwt.getClaim("video")), map(jwt.getClaim("sip")));
  }

  private static DecodedJWT decode(String token) throws Refused {
    try {
      return JWT.decode(token);
    } catch (JWTDecodeException e) {
      throw new Refused("invalid authorization token");
    }
  }

  /** LiveKit's answer carries the whole token. */
  private void verify(DecodedJWT jwt, String token) throws Refused {
    String fault = fault(jwt);
    if (!fault.isEmpty()) {
      throw new Refused("invalid token: " + token + ", error: " + fault);
    }
  }

  private String fault(DecodedJWT jwt) {
    try {
      Algorithm.HMAC256(apiSecret).verify(jwt);
    } catch (JWTVerificationException e) {
      return "token signature is invalid: signature is invalid";
    }
    Instant now = Instant.now();
    Instant expires = jwt.getExpiresAtAsInstant();
    if (expires != null && now.isAfter(expires.plus(LEEWAY))) {
      return "token has invalid claims: token is expired";
    }
    Instant notBefore = jwt.getNotBeforeAsInstant();
    if (notBefore != null && now.isBefore(notBefore.minus(LEEWAY))) {
      return "token has invalid claims: token is not valid yet";
    }
    return "";
  }

  private static Map<String, Object> map(Claim claim) {
    Map<String, Object> grants = claim.asMap();
    return grants == null ? Map.of() : grants;
  }
}
