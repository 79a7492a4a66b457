package io.voicegateway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Posts hooks as Jambonz does: signed, with ten seconds of patience, and strict with answers. */
final class HookPost {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Set<Integer> SUCCESS = Set.of(200, 202, 204);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI gateway;
  private final String secret;

  /**
   * @param gateway scheme, host and port of the hooks
   * @param secret the account's webhook secret, empty to send no signature
   */
  HookPost(URI gateway, String secret) {
    this.gateway = gateway;
    this.secret = secret;
  }

  /**
   * What came back.
   *
   * @param status HTTP status
   * @param body what Jambonz would look at: nothing unless the type is JSON
   */
  record Answer(int status, String body) {
    boolean isSuccess() {
      return SUCCESS.contains(status);
    }
  }

  /**
   * Posts one hook.
   *
   * @param hook absolute, or a path on the gateway's host
   * @throws IOException when there is no answer in time
   */
  Answer post(String hook, JsonNode body) throws IOException, InterruptedException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.resolve(hook))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("User-Agent", "jambonz")
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes));
    if (!secret.isEmpty()) {
      request.header("Jambonz-Signature", signature(Instant.now().getEpochSecond(), bytes));
    }
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    boolean json =
        response.headers().firstValue("Content-Type").orElse("").contains("application/json");
    return new Answer(response.statusCode(), json ? response.body() : "");
  }

  /** Whether the media server would find a sound: it asks HEAD first, then fetches. */
  boolean finds(String url) throws IOException, InterruptedException {
    HttpRequest head =
        HttpRequest.newBuilder(gateway.resolve(url))
            .timeout(PATIENCE)
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();
    HttpRequest get = HttpRequest.newBuilder(gateway.resolve(url)).timeout(PATIENCE).build();
    return http.send(head, BodyHandlers.discarding()).statusCode() == 200
        && http.send(get, BodyHandlers.discarding()).statusCode() == 200;
  }

  private String signature(long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
