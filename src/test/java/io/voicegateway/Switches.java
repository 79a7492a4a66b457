package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Throws the outage switch on a gateway's management port, by the password {@code s3cret}. */
public final class Switches {

  private static final String LOGIN =
      "Basic " + Base64.getEncoder().encodeToString("ops:s3cret".getBytes(StandardCharsets.UTF_8));

  private Switches() {}

  /** Throws it, which must work. */
  public static JsonNode set(int management, boolean on, String number) {
    HttpResponse<String> answer =
        put(management, LOGIN, "{\"on\": %b, \"number\": \"%s\"}".formatted(on, number));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  /** Asks for the switches that are on. */
  public static JsonNode get(int management, String query) {
    return json(send(request(management, query).header("Authorization", LOGIN).GET()));
  }

  /** Sends anything, with a login or an empty one. */
  public static HttpResponse<String> put(int management, String login, String body) {
    HttpRequest.Builder request =
        request(management, "")
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body));
    return send(login.isEmpty() ? request : request.header("Authorization", login));
  }

  public static String login() {
    return LOGIN;
  }

  public static JsonNode json(HttpResponse<String> answer) {
    try {
      return new JsonMapper().readTree(answer.body());
    } catch (IOException notJson) {
      throw new AssertionError("no JSON: " + answer.body(), notJson);
    }
  }

  private static HttpRequest.Builder request(int management, String query) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/outage" + query));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
