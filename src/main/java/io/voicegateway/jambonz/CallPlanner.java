package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.Call.Direction;
import io.voicegateway.call.Call.Origin;
import io.voicegateway.call.Connect;
import io.voicegateway.call.KnownCall;
import io.voicegateway.call.Newest;
import io.voicegateway.call.NumberFormat;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.Parties;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.call.PlanOverrides;
import io.voicegateway.project.Project;
import io.voicegateway.project.Projects;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes a call out of a hook: brings its numbers into form and chooses its plan. */
@Component("callPlanner")
final class CallPlanner {

  private static final Logger log = LoggerFactory.getLogger(CallPlanner.class);

  private static final int MOST_WAITING = 20_000;

  private final NumberPlan plan;
  private final Projects projects;
  private final DialState state;
  private final Clock clock;

  /** When callers began to wait: the same hook again must get the same answer. */
  private final Map<String, Instant> waiting = Newest.map(MOST_WAITING);

  CallPlanner(NumberPlan plan, Projects projects, DialState state, Clock clock) {
    this.plan = plan;
    this.projects = projects;
    this.state = state;
    this.clock = clock;
  }

  /** A new call: the application's variables in Jambonz win over the plan. */
  Call plan(@Body CallHook hook) {
    Call call = call(hook, hook.environment(), null, since(String.valueOf(hook.callSid())));
    log.info(
        "call={} {} {} -> {}, plan {}: agent {}",
        call.sid(),
        call.direction().name().toLowerCase(Locale.ROOT),
        change(hook.from(), call.from().e164()) + call.from(),
        change(hook.to(), call.to().e164()) + call.to(),
        call.plan().label(),
        call.plan().agent());
    return call;
  }

  /** Whether LiveKit shall ring back to a caller who waits meanwhile. */
  static boolean isCallback(@Body Call call) {
    return call.plan().connect() == Connect.CALLBACK;
  }

  /**
   * A call whose dial ended.
   *
   * @param then the dial's sealed state, in which the application's variables are remembered
   */
  Call planAgain(@Body CallHook hook, @Header("then") @Nullable String then) {
    Instant since = hook.isAfterTalk() ? sinceTalk(hook) : state.began(then).orElse(null);
    return call(hook, state.overrides(then), state.project(then).orElse(null), since);
  }

  /** Whoever talked to somebody waits from then on. */
  private Instant sinceTalk(CallHook hook) {
    return hook.dialCallSid() == null
        ? clock.instant()
        : since(hook.callSid() + " " + hook.dialCallSid());
  }

  private Instant since(String wait) {
    return waiting.computeIfAbsent(wait, first -> clock.instant());
  }

  /**
   * A call whose caller shall be handed on. A leg to LiveKit, by which an agent asks for it, shows
   * of the call no more than its id.
   *
   * @param then the state of the dial that made the leg, or what was asked for by HTTP
   * @throws UnreadableHook when it cannot be told whose leg it is
   */
  Call planTransfer(@Body CallHook hook, @Header("then") @Nullable String then) {
    return hook.parentCallSid() == null ? planAgain(hook, then) : planOfLeg(hook, then);
  }

  private Call planOfLeg(CallHook leg, @Nullable String then) {
    String sid = String.valueOf(leg.parentCallSid());
    Parties parties = state.parties(then).orElse(null);
    if (parties == null || !Call.isSid(sid)) {
      throw new UnreadableHook("its address and body do not tell whose leg it is");
    }
    return call(
        sid,
        parties,
        state.overrides(then),
        state.project(then).orElse(null),
        origin(leg),
        since(sid + " " + leg.callSid()));
  }

  /** A call that is known without a hook of Jambonz's. */
  Call planKnown(@Body KnownCall known) {
    Origin origin = new Origin("", null, null, null, Map.of(), known.environment());
    return call(known.sid(), known.parties(), known.environment(), known.project(), origin, null);
  }

  /**
   * A call as a program of the operator's wants it.
   *
   * @param said what it answered, under the names of the application's variables in Jambonz
   */
  Call refine(@ExchangeProperty("planned") Call call, @Body Map<String, Object> said) {
    PlanEntry entry =
        PlanOverrides.apply(
            call.plan(), said, problem -> log.warn("call={} left out: {}", call.sid(), problem));
    log.info("call={} plan {} as answered: agent {}", call.sid(), entry.label(), entry.agent());
    return new Call(
        call.sid(), call.direction(), call.from(), call.to(), entry, call.origin(), call.since());
  }

  private Call call(
      CallHook hook, Map<String, ?> overrides, @Nullable String project, @Nullable Instant since) {
    Parties parties = new Parties(hook.direction(), hook.from(), hook.to());
    return call(String.valueOf(hook.callSid()), parties, overrides, project, origin(hook), since);
  }

  private Call call(
      String sid,
      Parties parties,
      Map<String, ?> overrides,
      @Nullable String project,
      Origin origin,
      @Nullable Instant since) {
    PlanEntry entry =
        PlanOverrides.apply(
            plan.choose(ownNumber(parties.ownNumber(), overrides)),
            overrides,
            problem -> log.warn("call={} Jambonz application variable left out: {}", sid, problem));
    return new Call(
        sid,
        parties.isOutbound() ? Direction.OUTBOUND : Direction.INBOUND,
        NumberFormat.party(parties.from(), entry.country()),
        NumberFormat.party(parties.to(), entry.country()),
        projects.areSeveral() ? entry.in(project(sid, project, entry, origin)) : entry,
        origin,
        since);
  }

  /** Where the call is already, else that of its number, else that of its Jambonz account. */
  private Project project(String sid, @Nullable String settled, PlanEntry entry, Origin origin) {
    Project ofAccount = projects.ofAccount(origin.accountSid());
    String name = settled == null ? entry.project() : settled;
    Project named = name == null ? ofAccount : projects.of(name);
    if (projects.mayTake(origin.accountSid(), named)) {
      return named;
    }
    log.warn("call={} is not let into {}, which has another Jambonz account", sid, named);
    return ofAccount;
  }

  /** In the form that the country of the application's variables gives it. */
  private static @Nullable String ownNumber(@Nullable String number, Map<String, ?> overrides) {
    String country = String.valueOf(overrides.get("country"));
    return NumberFormat.isCountry(country) ? NumberFormat.party(number, country).number() : number;
  }

  private static Origin origin(CallHook hook) {
    String name = hook.callerName() == null ? "" : hook.callerName();
    return new Origin(
        name.replaceAll("[\\p{Cc}\\p{Cf}\"]", "").strip(),
        hook.carrier(),
        hook.accountSid(),
        hook.applicationSid(),
        ownHeaders(hook.sip()),
        hook.environment());
  }

  private static Map<String, String> ownHeaders(CallHook.@Nullable Sip sip) {
    if (sip == null || sip.headers() == null) {
      return Map.of();
    }
    Map<String, String> own = new LinkedHashMap<>();
    sip.headers()
        .forEach(
            (name, value) -> {
              if (value instanceof String text && name.regionMatches(true, 0, "X-", 0, 2)) {
                own.put(name, text);
              }
            });
    return own;
  }

  private static String change(@Nullable String received, @Nullable String e164) {
    return e164 == null || e164.equals(received) ? "" : "(normalised) ";
  }
}
