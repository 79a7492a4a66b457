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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes a call out of a hook: brings its numbers into form and chooses its plan. */
@Component("callPlanner")
final class CallPlanner {

  private static final Logger log = LoggerFactory.getLogger(CallPlanner.class);

  private final NumberPlan plan;

  CallPlanner(NumberPlan plan) {
    this.plan = plan;
  }

  /**
   * The call with the plan of our own number, as the application's variables in Jambonz change it.
   */
  Call plan(@Body CallHook hook) {
    boolean outbound = "outbound".equals(hook.direction());
    PlanEntry entry = plan.choose(outbound ? hook.from() : hook.to());
    Map<String, Object> environment = hook.environment() == null ? Map.of() : hook.environment();
    String sid = String.valueOf(hook.callSid());
    entry =
        PlanOverrides.apply(
            entry,
            environment,
            problem -> log.warn("call={} Jambonz application variable left out: {}", sid, problem));
    Call call =
        new Call(
            sid,
            outbound ? Direction.OUTBOUND : Direction.INBOUND,
            NumberFormat.party(hook.from(), entry.country()),
            NumberFormat.party(hook.to(), entry.country()),
            entry,
            origin(hook, environment));
    log.info(
        "call={} {} {} -> {}, plan {}: agent {}",
        sid,
        call.direction().name().toLowerCase(Locale.ROOT),
        change(hook.from(), call.from().e164()) + call.from(),
        change(hook.to(), call.to().e164()) + call.to(),
        entry.label(),
        entry.agent());
    return call;
  }

  private static Origin origin(CallHook hook, Map<String, Object> environment) {
    String name = hook.callerName() == null ? "" : hook.callerName();
    return new Origin(
        name.replaceAll("[\\p{Cc}\\p{Cf}\"]", "").strip(),
        hook.carrier(),
        hook.accountSid(),
        hook.applicationSid(),
        ownHeaders(hook.sip()),
        environment);
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
