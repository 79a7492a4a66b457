package io.voicegateway.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A hook in a file: as Jambonz posted it, or as a dead letter keeps it. */
final class StoredHook {

  private static final JsonMapper JSON = new JsonMapper();

  private StoredHook() {}

  /** The hook's own bytes. */
  static byte[] in(byte[] file) {
    JsonNode json = read(file);
    if (!json.path("cause").isTextual() || !json.path("step").isTextual()) {
      return file;
    }
    JsonNode bytes = json.path("body_base64");
    return bytes.isTextual()
        ? Base64.getDecoder().decode(bytes.asText())
        : json.path("body").asText().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode read(byte[] file) {
    try {
      return JSON.readTree(file);
    } catch (IOException noJson) {
      return JSON.missingNode();
    }
  }
}
