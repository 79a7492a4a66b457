package io.voicegateway.livekit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.call.Call;
import io.voicegateway.call.KnownCall;
import io.voicegateway.call.Parties;
import io.voicegateway.call.Party;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/**
 * What an agent is told of a call, as one JSON object in its job's metadata and in the room's. The
 * plan's own fields stand beside ours; where names clash, ours win.
 */
@Component
final class AgentMetadata {

  /** Raised when a field changes its meaning or goes away; new fields do not raise it. */
  static final int VERSION = 1;

  /** The fields by which a room of ours is known. */
  static final String CALL = "call_sid";

  static final String GATEWAY = "gateway";

  /** The fields by which another gateway knows whom the call was for. */
  static final String AGENT = "agent";

  static final String BACKUP = "backup_agent";

  private static final String ENVIRONMENT = "environment";

  private static final JsonMapper JSON = new JsonMapper();

  private final String gateway;

  AgentMetadata(ObjectProvider<BuildProperties> build) {
    BuildProperties properties = build.getIfAvailable();
    gateway = properties == null ? "unbuilt" : String.valueOf(properties.getVersion());
  }

  String of(Call call) {
    Map<String, Object> fields = new LinkedHashMap<>(call.plan().metadata());
    fields.put("version", VERSION);
    fields.put(GATEWAY, gateway);
    fields.put(CALL, call.sid());
    fields.put(AGENT, call.plan().agent());
    put(fields, BACKUP, call.plan().backupAgent());
    fields.put("direction", call.direction().name().toLowerCase(Locale.ROOT));
    party(fields, "from", call.from());
    party(fields, "to", call.to());
    origin(fields, call.origin());
    return json(fields);
  }

  /** What a room's metadata tells of a call when one of our gateways wrote it; else null. */
  static @Nullable JsonNode toldOf(String sid, String roomMetadata) {
    try {
      JsonNode fields = JSON.readTree(roomMetadata);
      boolean ours = fields.path(CALL).asText().equals(sid) && fields.hasNonNull(GATEWAY);
      return ours ? fields : null;
    } catch (JsonProcessingException foreign) {
      return null;
    }
  }

  /**
   * What such metadata tells of the call itself.
   *
   * @param project whose LiveKit has the room
   */
  static KnownCall call(String sid, String project, JsonNode told) {
    Map<String, Object> environment =
        JSON.convertValue(told.path(ENVIRONMENT), new TypeReference<Map<String, Object>>() {});
    return new KnownCall(
        sid,
        project,
        new Parties(
            told.path("direction").asText(), told.path("from").asText(), told.path("to").asText()),
        environment == null ? Map.of() : environment);
  }

  private static void party(Map<String, Object> fields, String name, Party party) {
    fields.put(name, party.received());
    put(fields, name + "_e164", party.e164());
  }

  private static void origin(Map<String, Object> fields, Call.Origin origin) {
    fields.put("caller_name", origin.callerName());
    put(fields, "carrier", origin.carrier());
    put(fields, "account_sid", origin.accountSid());
    put(fields, "application_sid", origin.applicationSid());
    fields.put(ENVIRONMENT, origin.environment());
    fields.put("headers", origin.headers());
  }

  private static void put(Map<String, Object> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  private static String json(Map<String, Object> fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("metadata is plain JSON", impossible);
    }
  }
}
