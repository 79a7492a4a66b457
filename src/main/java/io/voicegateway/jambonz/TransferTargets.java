package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.NumberPlan;
import io.voicegateway.call.RefusedTransfer;
import io.voicegateway.call.Rung;
import io.voicegateway.call.TransferRules;
import io.voicegateway.call.TransferRules.Target;
import io.voicegateway.jambonz.DialState.OrderedTransfer;
import io.voicegateway.project.Projects;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds out to whom a caller shall be handed on, and whether he may be. */
@Component("transferTargets")
final class TransferTargets {

  /** The address of a Refer-To header, which may have a name before and parameters behind it. */
  private static final Pattern REFER_TO = Pattern.compile("[^<>]*<([^<>]*)>.*|([^<>]*)");

  private static final Pattern HOST = Pattern.compile("(?i)(?:sips?:)?(?:[^@]*@)?([^:;?]+).*");

  private final Supplier<TransferRules> rules;
  private final NumberPlan plan;
  private final DialState state;
  private final Set<String> liveKits;

  TransferTargets(
      Supplier<TransferRules> rules, NumberPlan plan, DialState state, Projects projects) {
    this.rules = rules;
    this.plan = plan;
    this.state = state;
    this.liveKits =
        projects.all().stream()
            .map(project -> host(project.sip().uri()))
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Of a hook: that of an agent's REFER, or of a call that was redirected to us because a transfer
   * was asked for by HTTP.
   *
   * @throws RefusedTransfer when it must not be done
   */
  Transfer choose(
      @ExchangeProperty("hook") CallHook hook,
      @ExchangeProperty("call") Call call,
      @Header("then") @Nullable String then) {
    Optional<OrderedTransfer> ordered = state.transfer(then);
    return ordered.isPresent()
        ? ordered(hook, call, ordered.get())
        : referred(hook, call, state.ladder(then));
  }

  /**
   * Of a request.
   *
   * @param asked whom it names
   * @throws RefusedTransfer when it must not be done
   */
  Transfer chooseAsked(@Body Call call, @ExchangeProperty("target") String asked) {
    return new Transfer(call, allowed(call, asked), null, call.plan().fallback());
  }

  private Transfer referred(CallHook hook, Call call, Ladder otherwise) {
    String referTo =
        hook.referDetails() instanceof Map<?, ?> details
                && details.get("sip_refer_to") instanceof String text
            ? text
            : "";
    Matcher address = REFER_TO.matcher(referTo);
    if (hook.kind() != HookKind.TRANSFER || !address.matches()) {
      throw RefusedTransfer.unreadable("", "The hook does not name whom the caller shall go to.");
    }
    String asked = address.group(1) == null ? address.group(2) : address.group(1);
    return new Transfer(call, allowed(call, asked), hook.callSid(), otherwise);
  }

  /** A call that rings would look as if its agent had not come. */
  private static Transfer ordered(CallHook hook, Call call, OrderedTransfer ordered) {
    Target target = new Target(new Rung.DialPerson(ordered.target()), ordered.rung());
    if (!ordered.callSid().equals(call.sid())) {
      throw RefusedTransfer.forbidden(
          target.person().masked(), "It was asked for another call than this one.");
    }
    if (!hook.isAnswered()) {
      throw RefusedTransfer.forbidden(
          target.person().masked(), "The call is not answered yet, or it is over.");
    }
    return new Transfer(call, target, null, call.plan().fallback());
  }

  private Target allowed(Call call, String asked) {
    Target target = rules.get().target(asked, call.plan().country(), plan);
    if (target.person().isSip() && liveKits.contains(host(target.person().target()))) {
      throw RefusedTransfer.forbidden(
          target.person().masked(), "It would lead back to LiveKit, from where it comes.");
    }
    return target;
  }

  private static String host(String address) {
    Matcher host = HOST.matcher(address);
    return host.matches() ? host.group(1).toLowerCase(Locale.ROOT) : "";
  }
}
