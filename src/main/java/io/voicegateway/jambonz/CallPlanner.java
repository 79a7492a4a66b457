package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.Call.Direction;
import io.voicegateway.call.Call.Origin;
import io.voicegateway.call.NumberFormat;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.call.PlanOverrides;
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

  private final NumberPlan plan;
  private final DialState state;

  CallPlanner(NumberPlan plan, DialState state) {
    this.plan = plan;
    this.state = state;
  }

  /** A new call: the application's variables in Jambonz win over the plan. */
  Call plan(@Body CallHook hook) {
    Call call = call(hook, hook.environment());
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

  /**
   * A call whose dial ended.
   *
   * @param then the dial's sealed state, in which the application's variables are remembered
   */
  Call planAgain(@Body CallHook hook, @Header("then") @Nullable String then) {
    return call(hook, state.overrides(then));
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
    return new Call(call.sid(), call.direction(), call.from(), call.to(), entry, call.origin());
  }

  private Call call(CallHook hook, Map<String, ?> overrides) {
    boolean outbound = "outbound".equals(hook.direction());
    String sid = String.valueOf(hook.callSid());
    PlanEntry entry =
        PlanOverrides.apply(
            plan.choose(ownNumber(outbound ? hook.from() : hook.to(), overrides)),
            overrides,
            problem -> log.warn("call={} Jambonz application variable left out: {}", sid, problem));
    return new Call(
        sid,
        outbound ? Direction.OUTBOUND : Direction.INBOUND,
        NumberFormat.party(hook.from(), entry.country()),
        NumberFormat.party(hook.to(), entry.country()),
        entry,
        origin(hook));
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
