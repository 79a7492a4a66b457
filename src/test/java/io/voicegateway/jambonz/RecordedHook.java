package io.voicegateway.jambonz;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A hook that a real Jambonz 0.9.8 posted, with the secret of its account. */
public record RecordedHook(
    String scenario,
    String hook,
    double unix,
    String method,
    String path,
    String signature,
    @JsonProperty("content_type") String contentType,
    @JsonProperty("raw_body") String rawBody) {

  public static final String SECRET = "wh_secret_cJqgtMDPzDhhnjmaJH6Mtk";

  /** All that were posted with a body. */
  public static List<RecordedHook> posted() {
    JsonMapper json = new JsonMapper();
    try (InputStream lines = RecordedHook.class.getResourceAsStream("/jambonz/hooks.jsonl")) {
      return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(
              line -> {
                try {
                  return json.readValue(line, RecordedHook.class);
                } catch (IOException broken) {
                  throw new UncheckedIOException(broken);
                }
              })
          .filter(hook -> hook.method().equals("POST"))
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  public boolean isNewCall() {
    return hook.startsWith("session:new");
  }

  public boolean isDialEnd() {
    return rawBody.contains("\"dial_call_status\"");
  }

  public byte[] bytes() {
    return rawBody.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return scenario;
  }
}
