package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.Party;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.call.Registration;
import io.voicegateway.call.Rung;
import io.voicegateway.jambonz.LegTokens.Errand;
import io.voicegateway.jambonz.LegTokens.Person;
import io.voicegateway.project.Projects;
import io.voicegateway.project.SipSettings;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes the verbs that take a caller to his agent, or to a person instead. */
@Component("dialVerbs")
final class DialVerbs {

  private static final Logger log = LoggerFactory.getLogger(DialVerbs.class);
  private static final Pattern CALLER_ID = Pattern.compile("[+A-Za-z0-9._*#-]{1,64}");
  private static final Pattern NOT_PRINTABLE = Pattern.compile("[^\\x20-\\x7e]");
  private static final int LONGEST_HEADER = 256;

  private final Projects projects;
  private final DialState state;
  private final String publicUrl;

  DialVerbs(Projects projects, DialState state, JambonzSettings jambonz) {
    this.projects = projects;
    this.state = state;
    this.publicUrl = jambonz.publicUrl();
  }

  /** Whether LiveKit's SIP host is set; whoever only lets LiveKit ring back needs none. */
  boolean knowsLiveKit(@ExchangeProperty("call") Call call) {
    return !sip(call).uri().isEmpty();
  }

  /** For a registered call: into its room. */
  Answer intoRoom(@Body Registration registration, Exchange exchange) {
    Call call = registration.call();
    log.info(
        "call={} answer after {} ms: dial {}",
        call.sid(),
        exchange.getClock().elapsed(),
        call.room());
    return intoRoom(call, Rung.ROOM, call.plan().fallback());
  }

  /**
   * Into the call's room.
   *
   * @param rung as what it is done, for the call's record
   * @param otherwise what is left to try when this dial fails
   */
  Answer intoRoom(Call call, String rung, Ladder otherwise) {
    Verb.Target room = Verb.Target.sip(sip(call).address(call.room()), auth(call));
    return toLiveKit(call, room, rung, otherwise);
  }

  /** The old way, without a registration: LiveKit finds trunk and rule by the called number. */
  Answer toNumber(@Body Call call) {
    String user = call.ownNumber().number();
    if (user.isEmpty()) {
      throw new UnreadableHook("there is no called number to dial");
    }
    Verb.Target number = Verb.Target.sip(sip(call).address(escaped(user)), auth(call));
    log.info("call={} answer: dial {} without a registration", call.sid(), call.ownNumber());
    return toLiveKit(call, number, Rung.BY_NUMBER, call.plan().fallback());
  }

  /** As RFC 3261 wants the user of an address: what is not plain becomes %-hex. */
  private static String escaped(String user) {
    StringBuilder plain = new StringBuilder();
    for (byte one : user.getBytes(StandardCharsets.UTF_8)) {
      boolean ok = one > 0 && (Character.isLetterOrDigit(one) || "+-_.!~*'()#".indexOf(one) >= 0);
      plain.append(ok ? String.valueOf((char) one) : "%%%02X".formatted(one & 0xff));
    }
    return plain.toString();
  }

  /** To a person at a telephone number or SIP address. */
  Answer toPerson(Call call, Rung.DialPerson person, Ladder otherwise) {
    return toPerson(call, person, person.label(), otherwise);
  }

  /** The same on another rung than his own. */
  Answer toPerson(Call call, Rung.DialPerson person, String rung, Ladder otherwise) {
    String ended = hook("dial", call, rung, otherwise);
    return answer(rung, dial(call, target(person), null, null, ended));
  }

  private static Verb.Target target(Rung.DialPerson person) {
    return person.isSip()
        ? Verb.Target.sip(person.target(), null)
        : Verb.Target.phone(person.target());
  }

  private Answer toLiveKit(Call call, Verb.Target target, String rung, Ladder otherwise) {
    String sealed = state.seal(call, rung, otherwise);
    return answer(
        rung, dial(call, target, headers(call), hook("refer", sealed), hook("dial", sealed)));
  }

  private Verb.Dial dial(
      Call call,
      Verb.Target target,
      @Nullable Map<String, String> headers,
      @Nullable String referHook,
      String actionHook) {
    PlanEntry plan = call.plan();
    return new Verb.Dial(
        true,
        plan.ringback(),
        plan.callerId() == null ? callerId(call.person()) : plan.callerId(),
        plan.dialTimeoutSeconds(),
        plan.longestSeconds(),
        call.person().anonymous() ? false : null,
        headers,
        actionHook,
        referHook,
        List.of(target),
        null);
  }

  /** Nothing but a hang-up may follow a dial: what follows runs after a good call too. */
  private static Answer answer(String rung, Verb.Dial dial) {
    return new Answer(rung, List.of(dial, new Verb.Hangup()));
  }

  /**
   * For a leg from LiveKit: to the person whom it is to reach, who is heard only when he answers.
   */
  Verb.Dial fromLiveKit(Errand errand, Person person, String actionHook, LegTag tag) {
    return new Verb.Dial(
        true,
        null,
        person.callerId(),
        person.ringSeconds(),
        errand.longestSeconds(),
        null,
        null,
        actionHook,
        null,
        List.of(target(new Rung.DialPerson(person.target()))),
        tag);
  }

  /** Left out when it would not be a plain SIP user: Jambonz then keeps the caller's own. */
  static @Nullable String callerId(Party person) {
    if (person.anonymous()) {
      return "anonymous";
    }
    return CALLER_ID.matcher(person.number()).matches() ? person.number() : null;
  }

  private static Map<String, String> headers(Call call) {
    Map<String, String> headers = new LinkedHashMap<>(call.plan().headers());
    headers.put("X-Gateway-Call-Sid", call.sid());
    headers.put("X-Gateway-From", headerText(call.from()));
    headers.put("X-Gateway-To", headerText(call.to()));
    return headers;
  }

  private static String headerText(Party party) {
    String text = party.anonymous() ? "anonymous" : party.number();
    String plain = NOT_PRINTABLE.matcher(text).replaceAll("?");
    return plain.substring(0, Math.min(plain.length(), LONGEST_HEADER));
  }

  private SipSettings sip(Call call) {
    return projects.of(call.project()).sip();
  }

  private Verb.@Nullable Auth auth(Call call) {
    SipSettings sip = sip(call);
    return sip.username().isEmpty() ? null : new Verb.Auth(sip.username(), sip.password());
  }

  /** The address of a hook that knows how the call goes on. */
  String hook(String name, Call call, String rung, Ladder otherwise) {
    return hook(name, state.seal(call, rung, otherwise));
  }

  private String hook(String name, String sealed) {
    return publicUrl + "/livekit-api/" + name + "?then=" + sealed;
  }
}
