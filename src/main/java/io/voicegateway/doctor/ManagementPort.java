package io.voicegateway.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.operator.KeptPassword;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The management port of the gateway that serves here, and the operator's login there. */
@Component
final class ManagementPort {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0", "::", "[::]");
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final String url;
  private final String login;

  /**
   * Who listens everywhere is asked at home.
   *
   * @param address where it listens
   * @param password empty for the one that the gateway made
   */
  ManagementPort(
      @Value("${server.address}") String address,
      @Value("${server.port}") String port,
      @Value("${gateway.ops.user:ops}") String user,
      @Value("${gateway.ops.password:}") String password,
      @Value("${gateway.ops.password-file:data/ops-password}") Path kept) {
    String host = EVERYWHERE.contains(address) ? "127.0.0.1" : address;
    boolean bare = host.contains(":") && !host.startsWith("[");
    this.url = "http://%s:%s".formatted(bare ? "[" + host + "]" : host, port);
    String login = user + ":" + (password.isEmpty() ? KeptPassword.read(kept) : password);
    byte[] both = login.getBytes(StandardCharsets.UTF_8);
    this.login = "Basic " + Base64.getEncoder().encodeToString(both);
  }

  /** An answer, with HTTP's status. */
  record Answer(int status, JsonNode body) {}

  /**
   * What it answers.
   *
   * @throws com.fasterxml.jackson.core.JsonProcessingException when that is no gateway's
   */
  Answer get(String path) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(PATIENCE)
            .header("Authorization", login)
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
  }

  @Override
  public String toString() {
    return url;
  }
}
