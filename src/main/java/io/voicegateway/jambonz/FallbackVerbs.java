package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.NumberPlan;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes what a caller gets instead of his agent: the first rung of the ladder that can be done.
 */
@Component("fallbackVerbs")
final class FallbackVerbs {

  private static final Logger log = LoggerFactory.getLogger(FallbackVerbs.class);
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9.-]+(:\\d{1,5})?|\\[[0-9a-fA-F:]+](:\\d{1,5})?");

  private final DialVerbs dials;
  private final NumberPlan plan;
  private final String publicUrl;

  FallbackVerbs(DialVerbs dials, NumberPlan plan, JambonzSettings jambonz) {
    this.dials = dials;
    this.plan = plan;
    this.publicUrl = jambonz.publicUrl();
  }

  /**
   * After a failed registration, or when the hook could not even be read.
   *
   * @param known null when the hook could not be read so far
   */
  List<Verb> instead(
      @ExchangeProperty("call") @Nullable Call known,
      @Header("Host") @Nullable String host,
      @Header("X-Forwarded-Proto") @Nullable String scheme) {
    Call call = known == null ? Call.unknown(plan.rest()) : known;
    boolean canDialRoom = known != null;
    return new Climb(dials, call, soundBase(host, scheme), false, canDialRoom)
        .verbs(call.plan().fallback());
  }

  /**
   * After a dial that was not answered: what is left of the ladder, or nothing when the caller is
   * gone or has had his talk.
   *
   * @param hook the end of the dial
   * @param then what is left, as the dial's action hook carried it
   */
  List<Verb> afterDial(
      @ExchangeProperty("hook") CallHook hook,
      @ExchangeProperty("call") Call call,
      @Header("then") @Nullable String then,
      @Header("Host") @Nullable String host,
      @Header("X-Forwarded-Proto") @Nullable String scheme) {
    boolean talked = "completed".equals(hook.dialCallStatus());
    if (talked || !hook.isAlive()) {
      log.info(
          "call={} dial ended: {}/{}", call.sid(), hook.dialCallStatus(), hook.dialSipStatus());
      return List.of();
    }
    log.warn("call={} dial failed: {}/{}", call.sid(), hook.dialCallStatus(), hook.dialSipStatus());
    return new Climb(dials, call, soundBase(host, scheme), hook.isAnswered(), false)
        .verbs(left(then, call));
  }

  private static Ladder left(@Nullable String then, Call call) {
    try {
      return then == null ? call.plan().fallback() : Ladder.parse(then);
    } catch (IllegalArgumentException notALadder) {
      return call.plan().fallback();
    }
  }

  /** Where Jambonz's media server finds our sounds; empty when we do not know our own address. */
  private String soundBase(@Nullable String host, @Nullable String scheme) {
    if (!publicUrl.isEmpty()) {
      return publicUrl;
    }
    boolean usable = host != null && HOST.matcher(host).matches();
    return usable ? ("https".equals(scheme) ? "https://" : "http://") + host : "";
  }
}
