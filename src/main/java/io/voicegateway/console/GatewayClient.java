package io.voicegateway.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Talks to a running gateway as its operator. */
final class GatewayClient {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration LONG_PATIENCE = Duration.ofMinutes(6);

  private final String url;
  private final HttpRequest.Builder request;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /**
   * An answer.
   *
   * @param status HTTP's, 0 when nobody answered
   */
  record Answer(int status, JsonNode body) {

    boolean isOk() {
      return status == 200;
    }

    boolean isNotFound() {
      return status == 404;
    }

    /** Nothing but another question will help. */
    boolean isWrongUse() {
      return status == 400;
    }

    /** Whether the same question may be answered later. */
    boolean mayPass() {
      return status == 0 || status >= 500;
    }

    /** What is wrong, a sentence. */
    String problem() {
      return body.path("error").asText("HTTP " + status);
    }
  }

  /**
   * To one gateway.
   *
   * @param password empty to come without a login
   * @throws IllegalArgumentException when the address is none
   */
  GatewayClient(String url, String user, String password) {
    this.url = url.replaceAll("/+$", "");
    this.request = HttpRequest.newBuilder(URI.create(this.url)).timeout(PATIENCE);
    if (!password.isEmpty()) {
      byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
    }
  }

  Answer get(String path) throws InterruptedException {
    return send(path, request.copy());
  }

  Answer put(String path, JsonNode body) throws InterruptedException {
    return send(
        path,
        request
            .copy()
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body.toString())));
  }

  /** What the gateway may be long about, as it asks others meanwhile. */
  Answer order(String method, String path) throws InterruptedException {
    return send(
        path, request.copy().timeout(LONG_PATIENCE).method(method, BodyPublishers.noBody()));
  }

  private Answer send(String path, HttpRequest.Builder question) throws InterruptedException {
    URI address = URI.create(url + path);
    try {
      HttpResponse<String> response =
          http.send(question.uri(address).build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException unreachable) {
      String why = "No gateway answers at " + url + ": start it or give its --url.";
      return new Answer(0, JSON.createObjectNode().put("error", why));
    }
  }
}
