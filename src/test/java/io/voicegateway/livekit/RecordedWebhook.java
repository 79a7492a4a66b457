package io.voicegateway.livekit;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * A webhook as a real LiveKit posted it.
 *
 * @param name scenario, place in it, and event
 */
public record RecordedWebhook(
    String name,
    @JsonProperty("api_key") String apiKey,
    @JsonProperty("api_secret") String apiSecret,
    String authorization,
    @JsonProperty("content_type") String contentType,
    @JsonProperty("raw_body") String rawBody) {

  public static final String KEY = "devkey";
  public static final String SECRET = "secret-secret-secret-secret-secret-1234";

  /** A moment at which all of them are valid. */
  public static final Instant TIME = Instant.ofEpochSecond(1795415130);

  /** All of them, in order. */
  public static List<RecordedWebhook> all() {
    JsonMapper json = new JsonMapper();
    try (InputStream lines = RecordedWebhook.class.getResourceAsStream("/livekit/webhooks.jsonl")) {
      return json.readerFor(RecordedWebhook.class)
          .<RecordedWebhook>readValues(new String(lines.readAllBytes(), StandardCharsets.UTF_8))
          .readAll();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /** The same of another room, signed now. */
  public RecordedWebhook to(String room, Instant now) {
    String body = rawBody.replaceAll("\"name\":\"call-[^\"]+\"", "\"name\":\"" + room + "\"");
    return new RecordedWebhook(name, apiKey, apiSecret, token(body, now), contentType, body);
  }

  private String token(String body, Instant now) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      return JWT.create()
          .withIssuer(apiKey)
          .withNotBefore(now)
          .withExpiresAt(now.plusSeconds(300))
          .withClaim("sha256", Base64.getEncoder().encodeToString(hash))
          .sign(Algorithm.HMAC256(apiSecret));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  public byte[] bytes() {
    return rawBody.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return name;
  }
}
