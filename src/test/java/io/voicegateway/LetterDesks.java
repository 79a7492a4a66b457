package io.voicegateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The dead letters of a gateway as its operator {@code ops} with the password {@code s3cret}. */
public record LetterDesks(int management) {

  private static final JsonMapper JSON = new JsonMapper();

  /** An answer. */
  public record Answer(int status, JsonNode body) {
    public String result() {
      return body.path("result").asText();
    }

    public String error() {
      return body.path("error").asText();
    }
  }

  public JsonNode list(String query) {
    return ask("GET", query).body();
  }

  public List<String> ids(String query) {
    return list(query).path("letters").findValuesAsText("id");
  }

  public JsonNode show(String id, String query) {
    return ask("GET", "/" + id + query).body();
  }

  public Answer replay(String id) {
    return ask("POST", "/" + id + "/replay");
  }

  public Answer discard(String id) {
    return ask("DELETE", "/" + id);
  }

  public JsonNode replayAll(String cause) {
    return ask("POST", "/replay?cause=" + URLEncoder.encode(cause, StandardCharsets.UTF_8)).body();
  }

  public Answer ask(String method, String path) {
    return ask(method, path, Switches.login());
  }

  public Answer ask(String method, String path, String login) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + management + "/dead-letters" + path))
            .method(method, BodyPublishers.noBody());
    if (!login.isEmpty()) {
      request.header("Authorization", login);
    }
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** Puts a letter into a gateway's folder, as it writes them. */
  public static String write(Path folder, String id, String entry, String sid, String body) {
    ObjectNode letter = JSON.createObjectNode();
    letter.put("id", id).put("time", Instant.now().toString());
    letter.put("route", entry).put("step", "some-step").put("cause", "a cause of " + entry);
    letter.put("call_sid", sid).put("content_type", "application/json");
    letter.put("body", body).put("entry", entry);
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(id + ".json"), letter.toString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return id;
  }
}
