package io.voicegateway.livekit.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import io.voicegateway.TestClock;
import io.voicegateway.project.LiveKitSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AccessTokensTest {

  private static final String SECRET = "secret-secret-secret-secret-secret";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-23T09:00:00Z"));
  private final AccessTokens tokens =
      new AccessTokens(
          new LiveKitSettings("http://localhost", "key", SECRET, Duration.ofSeconds(2), null),
          new TestClock(now));

  @Test
  void isSignedOnceAndUsedUntilAQuarterOfItsLifeIsLeft() {
    String first = tokens.roomCreate();

    pass(Duration.ofMinutes(7));
    assertThat(tokens.roomCreate()).isSameAs(first);

    pass(Duration.ofSeconds(31));
    assertThat(tokens.roomCreate()).isNotEqualTo(first);
  }

  @Test
  void isSignedAnewWhenTheClockWasSetBack() {
    String first = tokens.roomCreate();

    pass(Duration.ofMinutes(-20));

    assertThat(tokens.roomCreate()).isNotEqualTo(first);
  }

  @Test
  void grantsNoMoreThanItsRequestNeeds() {
    DecodedJWT room = decoded(tokens.roomCreate());
    DecodedJWT sip = decoded(tokens.sipCall());

    assertThat(room.getClaim("video").asMap()).isEqualTo(Map.of("roomCreate", true));
    assertThat(room.getClaim("sip").asMap()).isEmpty();
    assertThat(sip.getClaim("video").asMap()).isEmpty();
    assertThat(sip.getClaim("sip").asMap()).isEqualTo(Map.of("call", true));
    assertThat(decoded(tokens.roomList()).getClaim("video").asMap())
        .isEqualTo(Map.of("roomList", true));
    assertThat(decoded(tokens.roomAdmin("call-1")).getClaim("video").asMap())
        .isEqualTo(Map.of("roomAdmin", true, "room", "call-1"));
    assertThat(room.getIssuer()).isEqualTo("key");
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  private static DecodedJWT decoded(String bearer) {
    DecodedJWT token = JWT.decode(bearer.substring("Bearer ".length()));
    Algorithm.HMAC256(SECRET).verify(token);
    return token;
  }
}
