package io.voicegateway.outbound;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.voicegateway.call.Call;
import io.voicegateway.call.Hmac;
import io.voicegateway.call.Newest;
import io.voicegateway.call.NumberFormat;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.Party;
import io.voicegateway.call.Placement;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.call.PlanOverrides;
import io.voicegateway.call.TransferRules;
import io.voicegateway.call.TransferRules.Target;
import io.voicegateway.call.record.KnownCalls;
import io.voicegateway.operator.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Orders for calls that we place, and for persons to be called into a talk. */
@Component("callOrders")
final class CallOrders {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> OF_CALL =
      new TreeSet<>(Set.of("to", "agent", "from", "metadata", "ringing_timeout"));
  private static final Set<String> OF_INVITE =
      new TreeSet<>(Set.of("to", "from", "ringing_timeout"));
  private static final int BAD_REQUEST = 400;
  private static final int NOT_SET = 501;
  private static final int USUAL_RING = 30;
  private static final int SHORTEST_RING = 5;
  private static final int LONGEST_RING = 120;
  private static final int LONGEST_KEY = 200;
  private static final int REMEMBERED = 10_000;
  private static final int RANDOM_BYTES = 16;

  private final NumberPlan plan;
  private final TransferRules rules;
  private final OutboundLimits limits;
  private final OutboundCaps caps;
  private final KnownCalls known;
  private final SecureRandom random = new SecureRandom();
  private final Set<String> placed = Newest.of(REMEMBERED);

  CallOrders(
      NumberPlan plan,
      TransferRules rules,
      OutboundLimits limits,
      OutboundCaps caps,
      KnownCalls known) {
    this.plan = plan;
    this.rules = rules;
    this.limits = limits;
    this.caps = caps;
    this.known = known;
  }

  /** What whoever ordered a call is told at once. */
  record Ordered(@JsonProperty("call_sid") String callSid, String room) {}

  /**
   * Understands an order for a call.
   *
   * @param key the client's {@code Idempotency-Key}: an order with the same key is the same call
   * @throws Refusal with a sentence that says what is wrong
   */
  Placement call(@Body byte @Nullable [] body, @Header("Idempotency-Key") @Nullable String key) {
    JsonNode order = read(body, OF_CALL);
    PlanEntry entry = entry(order);
    String from = from(order, entry);
    Target target = rules.target(text(order, "to"), entry.country(), plan);
    String sid = sid(key);
    Party to = new Party(target.person().target(), e164(target.person().target()));
    Call.Origin origin = new Call.Origin("", null, null, null, Map.of(), Map.of());
    Call call =
        new Call(
            sid,
            Call.Direction.OUTBOUND,
            NumberFormat.party(from, entry.country()),
            to,
            entry,
            origin);
    return new Placement(
        Placement.Kind.CALL, call, randomText(), target.person().target(), from, ring(order));
  }

  /** Whether the order's call was placed before, by the same key. */
  boolean isPlaced(@ExchangeProperty("placement") Placement placement) {
    String sid = placement.call().sid();
    if (placed.contains(sid) || known.isKnown(sid)) {
      return true;
    }
    caps.begin(sid);
    return !placed.add(sid);
  }

  /** For whoever ordered. */
  Ordered ordered(@ExchangeProperty("placement") Placement placement) {
    return new Ordered(placement.call().sid(), placement.call().room());
  }

  /**
   * Understands an order for a person to be called into a talk.
   *
   * @throws Refusal with a sentence that says what is wrong
   */
  Placement invitation(@Body byte @Nullable [] body, @ExchangeProperty("call") Call call) {
    JsonNode order = read(body, OF_INVITE);
    Target target = rules.target(text(order, "to"), call.plan().country(), plan);
    String from = order.hasNonNull("from") ? from(order, call.plan()) : shown(call);
    String attempt = randomText();
    caps.begin(attempt);
    return new Placement(
        Placement.Kind.INVITE, call, attempt, target.person().target(), from, ring(order));
  }

  /** The invitation is over, one way or another. */
  void invited(@ExchangeProperty("placement") Placement placement) {
    caps.undo(placement.attempt());
  }

  /** No call came of the order. */
  void failed(@ExchangeProperty("placement") Placement placement) {
    caps.undo(placement.call().sid());
  }

  private JsonNode read(byte @Nullable [] body, Set<String> keys) {
    if (limits.trunk().isBlank()) {
      throw new Refusal(
          NOT_SET,
          "LiveKit cannot call anybody: set LIVEKIT_OUTBOUND_TRUNK, see ./gateway setup --jambonz.");
    }
    JsonNode order = json(body);
    List<String> unknown = new ArrayList<>();
    order.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(keys);
    if (!order.isObject() || !unknown.isEmpty()) {
      throw new Refusal(
          BAD_REQUEST,
          "The body must be a JSON object with some of the fields "
              + String.join(", ", keys)
              + ".");
    }
    return order;
  }

  private static JsonNode json(byte @Nullable [] body) {
    try {
      JsonNode order = JSON.readTree(body == null ? new byte[0] : body);
      return order == null ? JSON.nullNode() : order;
    } catch (JsonProcessingException noJson) {
      return JSON.nullNode();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private PlanEntry entry(JsonNode order) {
    PlanEntry entry = order.hasNonNull("from") ? plan.choose(text(order, "from")) : plan.rest();
    Map<String, String> agent =
        order.hasNonNull("agent") ? Map.of("agent", text(order, "agent")) : Map.of();
    return PlanOverrides.apply(
            entry,
            agent,
            problem -> {
              throw new Refusal(BAD_REQUEST, problem + ".");
            })
        .withMetadata(metadata(order, entry));
  }

  private static Map<String, Object> metadata(JsonNode order, PlanEntry entry) {
    JsonNode own = order.path("metadata");
    if (own.isMissingNode() || own.isNull()) {
      return entry.metadata();
    }
    if (!own.isObject()) {
      throw new Refusal(BAD_REQUEST, "metadata must be a JSON object.");
    }
    Map<String, Object> all = new LinkedHashMap<>(entry.metadata());
    all.putAll(JSON.convertValue(own, new TypeReference<Map<String, Object>>() {}));
    return all;
  }

  /** Nobody may be shown a number that is not ours. */
  private String from(JsonNode order, PlanEntry entry) {
    if (!order.hasNonNull("from")) {
      if (entry.callerId() == null) {
        throw new Refusal(
            BAD_REQUEST, "from is missing: the number that the person sees, one of the plan's.");
      }
      return entry.callerId();
    }
    String number = NumberFormat.party(text(order, "from"), entry.country()).number();
    if (!plan.names(number) && !number.equals(entry.callerId())) {
      throw new Refusal(
          BAD_REQUEST, "from must be a number of the number plan, or a caller-id in it.");
    }
    return number;
  }

  private static String shown(Call call) {
    String own = call.plan().callerId();
    return own == null ? call.ownNumber().number() : own;
  }

  private static Duration ring(JsonNode order) {
    JsonNode seconds = order.path("ringing_timeout");
    if (seconds.isMissingNode() || seconds.isNull()) {
      return Duration.ofSeconds(USUAL_RING);
    }
    if (!seconds.canConvertToInt()
        || seconds.asInt() < SHORTEST_RING
        || seconds.asInt() > LONGEST_RING) {
      throw new Refusal(
          BAD_REQUEST,
          "ringing_timeout must be whole seconds from %d to %d."
              .formatted(SHORTEST_RING, LONGEST_RING));
    }
    return Duration.ofSeconds(seconds.asInt());
  }

  private static String text(JsonNode order, String field) {
    JsonNode value = order.path(field);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw new Refusal(BAD_REQUEST, field + " must be given, as a text.");
    }
    return value.asText().strip();
  }

  private static @Nullable String e164(String target) {
    return target.startsWith("+") ? target : null;
  }

  /** The same key gives the same id on every instance, and says nothing of the key. */
  private static String sid(@Nullable String key) {
    if (key == null || key.isBlank()) {
      return UUID.randomUUID().toString();
    }
    if (key.length() > LONGEST_KEY) {
      throw new Refusal(BAD_REQUEST, "Idempotency-Key has at most 200 characters.");
    }
    byte[] digest =
        Hmac.of(Hmac.key("outbound call"), key.strip().getBytes(StandardCharsets.UTF_8));
    ByteBuffer bytes = ByteBuffer.wrap(digest);
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }

  private String randomText() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
