package io.voicegateway.jambonz;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.voicegateway.call.Call;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.Parties;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.call.PlanOverrides;
import io.voicegateway.call.RingBack;
import io.voicegateway.call.Rung;
import io.voicegateway.project.SipSettings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What must be known when a dial ends or while a caller waits to be rung back, carried in the
 * address of the hook: Jambonz sends neither the application's variables with it nor anything else
 * of ours. Any instance can open it, and no phone number stands in an address.
 */
@Component("dialState")
final class DialState {

  private final Seal seal;

  DialState(SipSettings sip, JambonzSettings jambonz) {
    seal = new Seal(sip, jambonz, "dial state");
  }

  /**
   * The state, opened.
   *
   * @param rung the label of what is dialled; null when an earlier version sealed it
   * @param ladder the rungs that are left, in order
   * @param project in whose LiveKit the call is; null when it is not settled
   * @param plan what the application's variables say, for {@link PlanOverrides}
   * @param parties who called whom: a leg to LiveKit shows neither
   * @param transfer whom that call shall be handed on to, null for nobody
   * @param attempt the ring-back's own name, null for a dial
   * @param since when the caller began to wait for the ring-back, in epoch milliseconds
   * @param began when he began to wait at all, in epoch milliseconds; null when not known
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Content(
      @Nullable String rung,
      List<String> ladder,
      @Nullable String project,
      Map<String, String> plan,
      @Nullable Parties parties,
      @Nullable OrderedTransfer transfer,
      @Nullable String attempt,
      @Nullable Long since,
      @Nullable Long began) {}

  /**
   * A transfer that was asked for by HTTP and is allowed.
   *
   * @param callSid the call that is handed on
   */
  record OrderedTransfer(String callSid, String target, String rung) {}

  /** Seals what is dialled, what is left of the ladder and what the call's plan says. */
  String seal(Call call, String rung, Ladder left) {
    return seal.close(
        new Content(
            rung,
            texts(left),
            call.plan().project(),
            overrides(call.plan()),
            call.parties(),
            null,
            null,
            null,
            began(call)));
  }

  /** Seals for whom LiveKit rings back, and the same as for a dial. */
  String seal(RingBack ringBack, Ladder left) {
    return seal.close(
        new Content(
            Rung.CALLBACK,
            texts(left),
            ringBack.call().plan().project(),
            overrides(ringBack.call().plan()),
            ringBack.call().parties(),
            null,
            ringBack.attempt(),
            ringBack.since().toEpochMilli(),
            began(ringBack.call())));
  }

  private static @Nullable Long began(Call call) {
    return call.since() == null ? null : call.since().toEpochMilli();
  }

  private static List<String> texts(Ladder ladder) {
    return ladder.rungs().stream().map(Object::toString).toList();
  }

  private static Map<String, String> overrides(PlanEntry plan) {
    Map<String, String> overrides = new LinkedHashMap<>();
    overrides.put("agent", plan.ownAgent() ? plan.agent() : "");
    overrides.put("connect", plan.connect().toString());
    overrides.put("caller_id", plan.callerId() == null ? "" : plan.callerId());
    overrides.put("max_duration", Integer.toString(plan.longestSeconds()));
    overrides.put("dial_timeout", Integer.toString(plan.dialTimeoutSeconds()));
    overrides.put("country", plan.country() == null ? "" : plan.country());
    return overrides;
  }

  /** Seals whom a call shall be handed on to, and its application's variables. */
  String seal(OrderedTransfer transfer, Call call) {
    Map<String, String> overrides = new LinkedHashMap<>();
    call.origin()
        .environment()
        .forEach((name, value) -> overrides.put(name, String.valueOf(value)));
    overrides.keySet().retainAll(PlanOverrides.NAMES);
    return seal.close(
        new Content(
            null, List.of(), call.plan().project(), overrides, null, transfer, null, null, null));
  }

  /** What was dialled; the room when that is not known, because every call begins with it. */
  String rung(@Header("then") @Nullable String sealed) {
    return opened(sealed).map(Content::rung).orElse(Rung.ROOM);
  }

  /** What is left to try; nothing for a text that was not sealed by one of ours. */
  Ladder ladder(@Nullable String sealed) {
    return opened(sealed).map(content -> Ladder.of(content.ladder())).orElse(Ladder.EMPTY);
  }

  /** In whose LiveKit the call is; empty when that is not settled. */
  Optional<String> project(@Nullable String sealed) {
    return opened(sealed).map(Content::project);
  }

  /** What the application's variables said of the call. */
  Map<String, String> overrides(@Nullable String sealed) {
    return opened(sealed).map(Content::plan).orElse(Map.of());
  }

  /**
   * The ring-back that the call's caller waits for.
   *
   * @throws UnreadableHook when the state is a dial's or not ours, so that he gets the fallback
   */
  RingBack awaited(@ExchangeProperty("call") Call call, @Header("then") @Nullable String sealed) {
    Content content = opened(sealed).orElse(null);
    if (content == null || content.attempt() == null || content.since() == null) {
      throw new UnreadableHook("the wait's state is missing or not ours");
    }
    return new RingBack(call, content.attempt(), Instant.ofEpochMilli(content.since()));
  }

  /** When the call's caller began to wait; empty when that is not known. */
  Optional<Instant> began(@Nullable String sealed) {
    return opened(sealed).map(Content::began).map(Instant::ofEpochMilli);
  }

  /** Who called whom; empty when that was not sealed by us. */
  Optional<Parties> parties(@Nullable String sealed) {
    return opened(sealed).map(Content::parties);
  }

  /** Whom the call shall be handed on to; empty when that was not asked for by HTTP. */
  Optional<OrderedTransfer> transfer(@Nullable String sealed) {
    return opened(sealed).map(Content::transfer);
  }

  private Optional<Content> opened(@Nullable String sealed) {
    return seal.open(sealed, Content.class);
  }
}
