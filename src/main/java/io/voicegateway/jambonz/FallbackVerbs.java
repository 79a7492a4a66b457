package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.Rung;
import io.voicegateway.call.TurnedAway;
import io.voicegateway.call.record.LeftAlone;
import io.voicegateway.jambonz.Climb.Failed;
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

  /** For whoever cannot be told from a stranger: no number of anybody's is given away. */
  private static final Ladder LAST = Ladder.parse("notice, decline:480");

  private final LeftAlone alone;
  private final LadderTime time;
  private final OperatorRungs own;
  private final ProjectRungs elsewhere;
  private final HungUpCalls hungUp;
  private final DialVerbs dials;
  private final WaitingVerbs waits;
  private final DialState state;
  private final NumberPlan plan;
  private final String publicUrl;

  FallbackVerbs(
      DialVerbs dials,
      WaitingVerbs waits,
      DialState state,
      NumberPlan plan,
      JambonzSettings jambonz,
      LadderTime time,
      OperatorRungs own,
      ProjectRungs elsewhere,
      LeftAlone alone,
      HungUpCalls hungUp) {
    this.alone = alone;
    this.time = time;
    this.own = own;
    this.elsewhere = elsewhere;
    this.hungUp = hungUp;
    this.dials = dials;
    this.waits = waits;
    this.state = state;
    this.plan = plan;
    this.publicUrl = jambonz.publicUrl();
  }

  /**
   * After a step that failed.
   *
   * @param hook null when it could not be read
   * @param known null when no plan was chosen yet
   * @param then the sealed state, when it failed after a dial or in a wait
   */
  Answer instead(
      @ExchangeProperty("hook") @Nullable CallHook hook,
      @ExchangeProperty("call") @Nullable Call known,
      @Header("then") @Nullable String then,
      @Header("Host") @Nullable String host,
      @Header("X-Forwarded-Proto") @Nullable String scheme) {
    Call call = known == null ? Call.unknown(plan.rest()) : known;
    if (hook == null) {
      return climb(call, host, scheme, false, Failed.UNKNOWN, "").down(call.plan().fallback());
    }
    if (hook.isNewCall()) {
      return climb(
              call,
              host,
              scheme,
              hook.isAnswered(),
              known == null ? Failed.UNKNOWN : Failed.REGISTRATION,
              "")
          .down(call.plan().fallback());
    }
    boolean waits =
        !hungUp.contains(call.sid())
            && (hook.dialCallStatus() == null ? hook.isCallerThere() : hook.isWaitingAfterDial());
    Ladder left = then == null ? call.plan().fallback() : state.ladder(then);
    return waits
        ? climb(call, host, scheme, hook.isAnswered(), Failed.UNKNOWN, ended(hook, then)).down(left)
        : Answer.NOTHING;
  }

  /** For a call that may not go to an agent now. */
  Answer turnedAway(
      @ExchangeProperty("turnedAway") TurnedAway away,
      @ExchangeProperty("hook") CallHook hook,
      @ExchangeProperty("call") Call call,
      @Header("Host") @Nullable String host,
      @Header("X-Forwarded-Proto") @Nullable String scheme) {
    Failed failed = away.elsewhere() ? Failed.PROJECT : Failed.UNKNOWN;
    return climb(call, host, scheme, hook.isAnswered(), failed, "").down(away.instead());
  }

  /**
   * For a call for which LiveKit could not be asked because of its rate: another project takes it
   * when its ladder says so, else SIP needs no request, so that this is no failure and no rung of
   * the ladder is needed.
   */
  Answer dialAnyway(@ExchangeProperty("call") Call call) {
    return withoutRegistration(call, call.plan().fallback(), Failed.REGISTRATION, "");
  }

  /** The same for a caller who was to be rung back. */
  Answer dialInstead(
      @ExchangeProperty("hook") CallHook hook,
      @ExchangeProperty("call") Call call,
      @Header("then") @Nullable String then) {
    return isThere(hook, call)
        ? withoutRegistration(call, state.ladder(then), Failed.RING_BACK, ended(hook, then))
        : Answer.NOTHING;
  }

  private Answer withoutRegistration(Call call, Ladder left, Failed failed, String after) {
    Answer other = climb(call, null, null, false, failed, after).inOtherProject(left);
    return other.verbs().isEmpty() ? dials.intoRoom(call, Rung.ANYWAY, left) : other;
  }

  /** When no route answered at all. */
  Answer last(@Nullable String host, @Nullable String scheme) {
    return climb(Call.unknown(plan.rest()), host, scheme, false, Failed.UNKNOWN, "").down(LAST);
  }

  /**
   * After a dial: what is left of the ladder, or nothing when the caller is gone, had his talk to
   * its end or was hung up on by an operator.
   *
   * @param hook the end of the dial
   * @param then the dial's sealed state
   */
  Answer afterDial(
      @ExchangeProperty("hook") CallHook hook,
      @ExchangeProperty("call") Call call,
      @Header("then") @Nullable String then,
      @Header("Host") @Nullable String host,
      @Header("X-Forwarded-Proto") @Nullable String scheme) {
    boolean waits = hook.isWaitingAfterDial() || isLeftAlone(hook, call, state.rung(then));
    if (!waits || hungUp.contains(call.sid())) {
      log.info("call={} {}", call.sid(), ending(hook));
      return Answer.NOTHING;
    }
    log.warn("call={} dial failed: {}/{}", call.sid(), hook.dialCallStatus(), hook.dialSipStatus());
    return climb(call, host, scheme, hook.isAnswered(), Failed.DIAL, ended(hook, then))
        .down(state.ladder(then));
  }

  /** A talk in a conference ends without any dial. */
  private static String ending(CallHook hook) {
    return hook.dialCallStatus() == null
        ? "conference ended"
        : "dial ended: %s/%s".formatted(hook.dialCallStatus(), hook.dialSipStatus());
  }

  /** After a ring-back that failed: the same for a caller who was not answered. */
  Answer afterRingBack(
      @ExchangeProperty("hook") CallHook hook,
      @ExchangeProperty("call") Call call,
      @Header("then") @Nullable String then,
      @Header("Host") @Nullable String host,
      @Header("X-Forwarded-Proto") @Nullable String scheme) {
    if (!isThere(hook, call)) {
      return Answer.NOTHING;
    }
    log.warn("call={} no agent came by a ring-back", call.sid());
    return climb(call, host, scheme, hook.isAnswered(), Failed.RING_BACK, ended(hook, then))
        .down(state.ladder(then));
  }

  /**
   * After a REFER of which nobody knows whether the carrier still calls the person: what comes
   * after him, that is his agent first.
   */
  Answer afterReferral(
      @ExchangeProperty("hook") CallHook hook,
      @ExchangeProperty("call") Call call,
      @Header("then") @Nullable String then,
      @Header("Host") @Nullable String host,
      @Header("X-Forwarded-Proto") @Nullable String scheme) {
    if (!isThere(hook, call)) {
      return Answer.NOTHING;
    }
    log.warn("call={} the carrier did not tell whether it connects the caller", call.sid());
    List<Rung> left = state.ladder(then).rungs();
    List<Rung> others = left.stream().filter(rung -> !rung.equals(left.get(0))).toList();
    return climb(call, host, scheme, hook.isAnswered(), Failed.DIAL, ended(hook, then))
        .down(new Ladder(others));
  }

  /** Whether the caller can still be given something, as nobody hung up on him either. */
  private boolean isThere(CallHook hook, Call call) {
    return hook.isCallerThere() && !hungUp.contains(call.sid());
  }

  /** A person who hangs up leaves nobody alone, however soon after the agent was lost. */
  private boolean isLeftAlone(CallHook hook, Call call, String dialled) {
    return hook.isCallerThere() && Rung.isToAgent(dialled) && alone.wasLeftAlone(call.sid());
  }

  /** What ended: the same text when its hook is posted again, another one when more ends later. */
  private static String ended(CallHook hook, @Nullable String then) {
    return then + " " + hook.dialCallSid();
  }

  private Climb climb(
      Call call,
      @Nullable String host,
      @Nullable String scheme,
      boolean answered,
      Failed failed,
      String after) {
    return new Climb(
        dials,
        waits,
        own,
        elsewhere,
        call,
        soundBase(host, scheme),
        answered,
        failed,
        after,
        time.isOver(call));
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
