package io.voicegateway.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Asks a running gateway for its calls. */
final class CallQuestions {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String url;
  private final HttpRequest.Builder request;
  private final boolean full;
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
   * Questions to one gateway.
   *
   * @param password empty to ask without a login
   * @param full whether numbers are wanted whole
   * @throws IllegalArgumentException when the address is none
   */
  CallQuestions(String url, String user, String password, boolean full) {
    this.url = url.replaceAll("/+$", "");
    this.request = HttpRequest.newBuilder(URI.create(this.url)).timeout(PATIENCE);
    this.full = full;
    if (!password.isEmpty()) {
      byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
    }
  }

  /**
   * A page of calls, newest first.
   *
   * @param before the {@code next} of the page before, empty for the first
   */
  Answer page(String state, int limit, String before) throws InterruptedException {
    String more = before.isEmpty() ? "" : "&before=" + encoded(before);
    return ask("?state=%s&limit=%d&full=%b%s".formatted(encoded(state), limit, full, more));
  }

  /** One call, with its timeline. */
  Answer call(String callSid) throws InterruptedException {
    return ask("/%s?full=%b".formatted(encoded(callSid), full));
  }

  private Answer ask(String rest) throws InterruptedException {
    URI address = URI.create(url + "/livekit-api/calls" + rest);
    try {
      HttpResponse<String> response =
          http.send(request.copy().uri(address).build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException unreachable) {
      String why = "No gateway answers at " + url + ": start it or give its --url.";
      return new Answer(0, JSON.createObjectNode().put("error", why));
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
