package io.voicegateway.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One recorded exchange with LiveKit's API. */
record Exchange(String name, JsonNode json) {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final String FOLDER = "/livekit/recorded/";

  static List<Exchange> all() {
    try (Stream<Path> files = Files.list(Path.of(Exchange.class.getResource(FOLDER).toURI()))) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .sorted()
          .map(Exchange::named)
          .toList();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Exchange named(String name) {
    try {
      return new Exchange(
          name, JSON.readTree(Exchange.class.getResourceAsStream(FOLDER + name + ".json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String path() {
    return json.get("http").asText().substring("POST ".length());
  }

  String body() {
    JsonNode request = json.get("request");
    return request.isTextual() ? request.asText() : request.toString();
  }

  String room() {
    JsonNode request = json.get("request");
    return request.path("room_name").asText(request.path("room").asText());
  }

  int status() {
    return json.get("status").asInt();
  }

  String contentType() {
    return json.get("content_type").asText();
  }

  JsonNode response() {
    return json.get("response");
  }
}
