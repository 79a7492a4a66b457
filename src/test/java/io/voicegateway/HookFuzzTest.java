package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.voicegateway.project.LiveKitSettings;
import io.voicegateway.project.Projects;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** Whatever a hook's body says, whoever posted it gets the answer that he needs. */
@GatewayTest
class HookFuzzTest {

  private static final List<String> OTHERS =
      List.of(
          "/livekit-api/status",
          "/livekit-api/dial",
          "/livekit-api/refer",
          "/livekit-api/referred",
          "/livekit-api/callback",
          "/livekit-api/waiting",
          "/livekit-simple",
          "/adulting");

  @Autowired private Projects projects;

  @Value("${local.gateway.port}")
  private int port;

  @FuzzTest(maxDuration = "3m")
  void theCallHookAnswersWithVerbsThatJambonzRuns(byte[] body) {
    new Hooks(port).call("/livekit-api", body, "application/json");
  }

  /** The first byte of the input chooses the hook. */
  @FuzzTest(maxDuration = "3m")
  void noOtherHookFails(byte[] input) {
    if (input.length > 0) {
      String path = OTHERS.get(Math.floorMod(input[0] - '0', OTHERS.size()));
      byte[] body = Arrays.copyOfRange(input, 1, input.length);

      assertThat(new Hooks(port).post(path, body, "application/json").status())
          .as(path)
          .isIn(200, 204, 403);
    }
  }

  @FuzzTest(maxDuration = "3m")
  void whatOurLiveKitSignedIsTaken(byte[] body) throws NoSuchAlgorithmException {
    assertThat(
            new Hooks(port)
                .post(
                    "/livekit-events",
                    body,
                    "application/webhook+json",
                    "Authorization",
                    token(body))
                .status())
        .isEqualTo(200);
  }

  private String token(byte[] body) throws NoSuchAlgorithmException {
    LiveKitSettings livekit = projects.standard().livekit();
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
    return JWT.create()
        .withIssuer(livekit.apiKey())
        .withExpiresAt(Instant.now().plusSeconds(300))
        .withClaim("sha256", Base64.getEncoder().encodeToString(hash))
        .sign(Algorithm.HMAC256(livekit.apiSecret()));
  }
}
