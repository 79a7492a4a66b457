package io.voicegateway.outbound;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.voicegateway.call.AttemptName;
import io.voicegateway.call.Call;
import io.voicegateway.call.Hmac;
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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Orders for calls that we place, and for persons to be called into a talk. */
@Component("callOrders")
final class CallOrders {

  private static final Set<String> OF_CALL =
      Set.of("to", "agent", "from", "metadata", "ringing_timeout");
  private static final Set<String> OF_INVITE = Set.of("to", "from", "ringing_timeout");
  private static final int UNAVAILABLE = 503;

  /** How much longer it may take than it rings and lasts. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private static final int LONGEST_KEY = 200;

  private final NumberPlan plan;
  private final OrderProjects projects;
  private final Supplier<TransferRules> rules;
  private final OutboundCaps caps;
  private final KnownCalls known;
  private final Semaphore waiting;

  CallOrders(
      NumberPlan plan,
      OrderProjects projects,
      Supplier<TransferRules> rules,
      OutboundLimits limits,
      OutboundCaps caps,
      KnownCalls known) {
    this.plan = plan;
    this.projects = projects;
    this.rules = rules;
    this.caps = caps;
    this.known = known;
    this.waiting = new Semaphore(limits.mostWaiting());
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
    projects.refuseWithoutTrunk();
    Order order = Order.read(body, projects.withTheirs(OF_CALL));
    PlanEntry number = order.has("from") ? plan.choose(order.text("from")) : plan.rest();
    PlanEntry entry = entry(order, projects.placed(number, order));
    String from = from(order, entry);
    Target target = rules.get().target(order.text("to"), entry.country(), plan);
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
        Placement.Kind.CALL,
        call,
        AttemptName.next(),
        target.person().target(),
        from,
        order.ring());
  }

  /**
   * Whether the order's call was placed before, by the same key.
   *
   * @throws Refusal when it would be one too many, or other gateways cannot be asked for the key
   */
  boolean isPlaced(
      @ExchangeProperty("placement") Placement placement,
      @Header("Idempotency-Key") @Nullable String key) {
    Call call = placement.call();
    Duration longest = placement.ring().plusSeconds(call.plan().longestSeconds()).plus(MARGIN);
    return known.isKnown(call.sid())
        || !caps.begin(call.sid(), longest, key != null && !key.isBlank());
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
    projects.refuseWithoutTrunk(call.project());
    Order order = Order.read(body, OF_INVITE);
    Target target = rules.get().target(order.text("to"), call.plan().country(), plan);
    String from = order.has("from") ? from(order, call.plan()) : shown(call);
    String attempt = AttemptName.next();
    begin(attempt, order.ring());
    return new Placement(
        Placement.Kind.INVITE, call, attempt, target.person().target(), from, order.ring());
  }

  /** An invitation's request holds its thread until the person answers. */
  private void begin(String attempt, Duration ring) {
    if (!waiting.tryAcquire()) {
      throw new Refusal(
          UNAVAILABLE,
          "Too many invitations wait for their persons, which is gateway.outbound.most-waiting. Try again soon.");
    }
    try {
      caps.begin(attempt, ring.plus(MARGIN), false);
    } catch (Refusal oneTooMany) {
      waiting.release();
      throw oneTooMany;
    }
  }

  /** The invitation is over, one way or another. */
  void invited(@ExchangeProperty("placement") Placement placement) {
    waiting.release();
    caps.undo(placement.attempt());
  }

  /** No call came of the order. */
  void failed(@ExchangeProperty("placement") Placement placement) {
    caps.undo(placement.call().sid());
  }

  private static PlanEntry entry(Order order, PlanEntry entry) {
    Map<String, String> agent =
        order.has("agent") ? Map.of("agent", order.text("agent")) : Map.of();
    return PlanOverrides.apply(
            entry,
            agent,
            problem -> {
              throw Order.wrong(problem + ".");
            })
        .withMetadata(metadata(entry, order));
  }

  private static Map<String, Object> metadata(PlanEntry entry, Order order) {
    Map<String, Object> all = new LinkedHashMap<>(entry.metadata());
    all.putAll(order.metadata());
    return all;
  }

  /** Nobody may be shown a number that is not ours. */
  private String from(Order order, PlanEntry entry) {
    if (!order.has("from")) {
      if (entry.callerId() == null) {
        throw Order.wrong("from is missing: the number that the person sees, one of the plan's.");
      }
      return entry.callerId();
    }
    String number = NumberFormat.party(order.text("from"), entry.country()).number();
    if (!plan.names(number) && !number.equals(entry.callerId())) {
      throw Order.wrong("from must be a number of the number plan, or a caller-id in it.");
    }
    return number;
  }

  private static String shown(Call call) {
    String own = call.plan().callerId();
    return own == null ? call.ownNumber().number() : own;
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
      throw Order.wrong("Idempotency-Key has at most 200 characters.");
    }
    byte[] digest =
        Hmac.of(Hmac.key("outbound call"), key.strip().getBytes(StandardCharsets.UTF_8));
    ByteBuffer bytes = ByteBuffer.wrap(digest);
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }
}
