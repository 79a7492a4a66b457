package io.voicegateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voicegateway.jambonz.VerbRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Posts hooks to a gateway and reads what comes back. Every answer to a call hook is held against
 * Jambonz's rules and kept in target/verbs, for Jambonz's own validator to judge.
 */
public final class Hooks {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Path VERBS = Path.of("target", "verbs");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final String OPERATOR =
      "Basic " + Base64.getEncoder().encodeToString("ops:s3cret".getBytes(StandardCharsets.UTF_8));

  private final String address;
  private final String login;

  public Hooks(int port) {
    this(port, "");
  }

  private Hooks(int port, String login) {
    this.address = "http://127.0.0.1:" + port;
    this.login = login;
  }

  /** The same with the operator's login in every request. */
  public static Hooks ofOperator(int port) {
    return new Hooks(port, OPERATOR);
  }

  /** An HTTP answer. */
  public record Reply(
      int status,
      String contentType,
      String body,
      String challenge,
      String retryAfter,
      String cookie,
      String location) {

    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException notJson) {
        throw new AssertionError("no JSON: " + body, notJson);
      }
    }

    /** The verbs in short: {@code dial hangup}, with the code of a decline. */
    public String verbs() {
      List<String> words = new ArrayList<>();
      for (JsonNode verb : json()) {
        String name = verb.path("verb").asText();
        words.add(verb.has("status") ? name + ":" + verb.path("status").asInt() : name);
      }
      return String.join(" ", words);
    }

    public JsonNode dial() {
      return json().path(0);
    }
  }

  /** Posts a hand-written hook to the call hook. */
  public Reply call(String json) {
    return call("/livekit-api", json.getBytes(StandardCharsets.UTF_8), "application/json");
  }

  /** Posts to a call hook, whose answer must be one that Jambonz runs. */
  public Reply call(String path, byte[] body, String contentType, String... headers) {
    return playable(post(path, body, contentType, headers));
  }

  /** An answer that Jambonz must run. */
  public static Reply playable(Reply reply) {
    assertThat(reply.status()).as("status of a call hook").isEqualTo(200);
    assertThat(reply.contentType()).contains("application/json");
    assertThat(new VerbRules().refusal(reply.body())).as(reply.body()).isEmpty();
    assertEveryDialIsAnchored(reply);
    keep(reply.body());
    return reply;
  }

  /** An anchored dial after one that is not: the second person hears nothing. */
  private static void assertEveryDialIsAnchored(Reply reply) {
    assertThat(reply.json())
        .filteredOn(verb -> verb.path("verb").asText().equals("dial"))
        .allMatch(dial -> dial.path("anchorMedia").asBoolean());
  }

  /** Posts anything anywhere. */
  public Reply post(String path, byte[] body, String contentType, String... headers) {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.ofByteArray(body));
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    set(request, headers);
    return send(request);
  }

  /** Posts an event. */
  public Reply event(String path, String json) {
    return post(path, json.getBytes(StandardCharsets.UTF_8), "application/json");
  }

  public Reply get(String path, String... headers) {
    HttpRequest.Builder request = request(path).GET();
    set(request, headers);
    return send(request);
  }

  public Reply send(String method, String path) {
    return send(request(path).method(method, BodyPublishers.noBody()));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(20));
    return login.isEmpty() ? request : request.header("Authorization", login);
  }

  private static void set(HttpRequest.Builder request, String... headers) {
    for (int name = 0; name < headers.length; name += 2) {
      request.setHeader(headers[name], headers[name + 1]);
    }
  }

  private static Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Reply(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          response.body(),
          response.headers().firstValue("WWW-Authenticate").orElse(""),
          response.headers().firstValue("Retry-After").orElse(""),
          response.headers().firstValue("Set-Cookie").orElse(""),
          response.headers().firstValue("Location").orElse(""));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** Answers that differ in no more than sealed states, ids and digits are of one sort. */
  private static int sort(String verbs) {
    return verbs
        .replaceAll("then=[\\w-]+", "")
        .replaceAll("\\p{XDigit}{8}(-?\\p{XDigit}{4}){3}-?\\p{XDigit}{12}|\\d", "")
        .hashCode();
  }

  private static void keep(String verbs) {
    try {
      Files.createDirectories(VERBS);
      String name = HexFormat.of().toHexDigits(sort(verbs)) + ".json";
      Files.writeString(VERBS.resolve(name), verbs);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * The INVITE of a leg from LiveKit.
   *
   * @param leg the id that Jambonz gives it
   * @param to the user that LiveKit called
   */
  public static byte[] legFromLiveKit(String leg, Map<String, String> headers, String to) {
    ObjectNode body = JSON.createObjectNode();
    body.put("call_sid", leg).put("direction", "inbound").put("from", "anonymous").put("to", to);
    ObjectNode sip = body.putObject("sip").putObject("headers");
    headers.forEach(sip::put);
    body.putObject("defaults");
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A new call, as short as a hand-written one may be. */
  public static String newCall(String sid) {
    return """
        {"call_sid": "%s", "direction": "inbound", "from": "+15550002000", "to": "+15550001000"}"""
        .formatted(sid);
  }

  /** The dead letters in a folder; none when it does not exist. */
  public static List<JsonNode> letters(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).map(Hooks::letter).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Forgets the letters of earlier tests. */
  public static void burnLetters(Path folder) {
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static JsonNode letter(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
