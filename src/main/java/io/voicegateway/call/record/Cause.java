package io.voicegateway.call.record;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a call ended as it did: a sentence for people, and what to do about it. Which one is a call's
 * stands in {@link Causes}.
 *
 * <p>In sentence and advice {@code {agent}}, {@code {set_by}}, {@code {sip}} and {@code {seconds}}
 * are filled in.
 */
public enum Cause {
  OPERATOR_HUNG_UP("An operator hung up.", ""),
  OUTAGE(
      "The outage switch was on for this number.",
      "./gateway outage shows the switches; ./gateway outage off turns off that of all numbers, with"
          + " --number N that of one."),
  CLOSED(
      "The call came outside the number's hours.",
      "hours, time-zone and holidays in the number plan say when it is open."),
  SHARE(
      "The caller is not in the agent's share of callers.",
      "agent-share in the number plan says how many are."),
  STORM(
      "The same caller called again at once after a failure; that attempt was not registered.",
      "The cause of the call before says what failed. After decline:486 or decline:603 carriers do not"
          + " try again."),
  FULL(
      "The number had as many calls as it may have.",
      "most-calls in the number plan says how many those are."),
  GATEWAY_FULL(
      "As many calls as may be were under way, of all numbers.",
      "gateway.limits.most-calls says how many those are."),
  TIME_LIMIT(
      "The call reached its longest time.",
      "max-duration in the number plan says how long that is."),
  AGENT_LOST(
      "Agent {agent} left in mid-call; the caller was alone.",
      "Look into the log of agent {agent} for why its job ended."),
  TRANSFERRED("Agent {agent} handed the caller on to a person.", ""),
  TRANSFER_UNANSWERED(
      "Agent {agent} handed the caller on, and the person was not reached.",
      "The rungs say what was tried then."),
  CALLER_HUNG_UP("The caller hung up.", ""),
  AGENT_HUNG_UP("The agent's side ended the call.", ""),
  NOT_REGISTERED(
      "LiveKit's API did not make the call's room.",
      "The call's timeline has LiveKit's answer: check LIVEKIT_URL, LIVEKIT_API_KEY and"
          + " LIVEKIT_API_SECRET, and LiveKit's status."),
  WRONG_PASSWORD(
      "LiveKit answered 401: the dial's user or password is wrong.",
      "LIVEKIT_SIP_USERNAME and LIVEKIT_SIP_PASSWORD must be those of the inbound trunk."),
  NO_PASSWORD(
      "LiveKit answered 407: its trunk wants a password and got none, or a trunk we do not mean"
          + " took the call.",
      "Set LIVEKIT_SIP_USERNAME and LIVEKIT_SIP_PASSWORD to those of the inbound trunk."),
  NO_TRUNK(
      "LiveKit answered 404: no inbound trunk takes this call.",
      "Make the inbound trunk, or correct LIVEKIT_SIP_URI: it may belong to another project."),
  MEDIA(
      "LiveKit answered {sip}: no common codec, or its trunk insists on encrypted media.",
      "Let Jambonz offer PCMU, PCMA or G.722 to LiveKit, and set the trunk's media_encryption to"
          + " allow."),
  AMBIGUOUS(
      "LiveKit answered 503 at once: two inbound trunks or two dispatch rules match this call.",
      "List trunks and rules, and delete or narrow the one that is not meant."),
  LIVEKIT_DOWN(
      "LiveKit's SIP service answered 503 after a second: it cannot reach LiveKit's server or"
          + " store.",
      "Look after livekit-server and its redis."),
  SIP_REJECTED(
      "LiveKit answered 486 at once: its SIP service could not join the room.",
      "Compare api_key, api_secret and ws_url of livekit-sip with those of livekit-server."),
  JAMBONZ_LOGIN(
      "Jambonz answered {sip} to LiveKit's call: it refused the outbound trunk's user or"
          + " password.",
      "Run ./gateway setup --jambonz --new-login --apply: the outbound trunk and Jambonz's SIP client"
          + " get one new password."),
  JAMBONZ_NO_REALM(
      "Jambonz answered 404 to LiveKit's call: it has no account with that SIP realm.",
      "The outbound trunk's address must be the account's SIP realm; see ./gateway setup --jambonz."),
  JAMBONZ_FORBIDDEN(
      "Jambonz answered 403 to LiveKit's call.",
      "LiveKit must not be in JAMBONES_NETWORK_CIDR, and its calls must run the application whose"
          + " call hook is the gateway's /livekit-api/callback."),
  JAMBONZ_REFUSED(
      "Jambonz answered {sip} to LiveKit's call.",
      "SIP clients' calls must run the application whose call hook is the gateway's"
          + " /livekit-api/callback; see ./gateway setup --jambonz."),
  NO_WORKER(
      "The caller waited, and no worker took the job for agent {agent}.",
      "Start a worker that registers as {agent}; the name is compared letter by letter, and set by"
          + " {set_by}. One that reports a load over 0.7 gets no job either."),
  AGENT_MISSING(
      "A worker took the job for agent {agent} and never joined the room.",
      "Look into the worker's log: it hangs before ctx.connect(), or has no way to LiveKit."),
  AGENT_SILENT(
      "Agent {agent} joined and published no audio.",
      "LiveKit answers the phone when the first audio track is there: publish one at once."),
  PERSON_HUNG_UP("The person who was called hung up.", ""),
  PERSON_BUSY("The person who was called is busy.", ""),
  PERSON_NO_ANSWER("The person who was called did not answer.", ""),
  PERSON_DECLINED("The person who was called, or the network on his behalf, declined: {sip}.", ""),
  NUMBER_UNKNOWN(
      "The called number is not known: {sip}.",
      "See whether the number is complete, and whether Jambonz has a carrier for it."),
  PERSON_UNREACHABLE(
      "The person could not be called: Jambonz's carrier answered {sip}.",
      "Look after the carrier and its gateways in Jambonz."),
  NOT_PLACED(
      "LiveKit did not place the call.",
      "Check LIVEKIT_OUTBOUND_TRUNK and the trunk's address; the call's timeline has LiveKit's"
          + " answer."),
  NO_RING_BACK(
      "LiveKit did not ring back within {seconds} s.",
      "Check the outbound trunk's address, and whether LiveKit reaches Jambonz there; the call's"
          + " timeline has LiveKit's answer."),
  NO_SIP_ANSWER(
      "Nothing at LIVEKIT_SIP_URI answered the dial.",
      "Check host, port and LIVEKIT_SIP_TRANSPORT, and the firewall between Jambonz and LiveKit."),
  AGENT_LATE(
      "Agent {agent} was heard only when the dial was over, after {seconds} s.",
      "See whether the worker of agent {agent} has too much to do; dial-timeout in the number plan"
          + " says how long a caller waits."),
  NO_RULE(
      "The SIP leg never matched a trunk or rule: LiveKit let it ring and put nobody through.",
      "Make the callee rule, without a trunk or with the trunk that takes this call."),
  NOT_PUT_THROUGH(
      "Either the SIP leg never matched a trunk or rule, or agent {agent} was heard only when the"
          + " dial was over, after {seconds} s.",
      "Check the callee rule and its trunk, and how much the worker of agent {agent} has to do."
          + " With LiveKit's webhooks the gateway can tell which of the two it is."),
  ROOM_MISSING(
      "The call's room was gone before the dial ended.",
      "Something else deletes rooms whose names begin with call-."),
  CALLER_GAVE_UP("The caller hung up after {seconds} s.", ""),
  NO_AGENT(
      "Nobody answered within {seconds} s.",
      "See whether a worker for agent {agent} runs and takes jobs."),
  NOT_RUNNING(
      "Jambonz could not dial: {sip}.",
      "Look into Jambonz's log; its SBC must reach LIVEKIT_SIP_URI."),
  OTHER_SIP_ANSWER("The dial ended with {sip}.", ""),
  LOST(
      "No event told how the call ended.",
      "Set the application's call status webhook in Jambonz to the gateway's /livekit-api/status; a"
          + " gateway or database that was away may have missed the end too."),
  UNKNOWN("No event told why the call did not reach its agent.", "");

  private final String sentence;
  private final String advice;

  Cause(String sentence, String advice) {
    this.sentence = sentence;
    this.advice = advice;
  }

  /** The stable name. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it asks for something to be done, or to be known at least. */
  public boolean isFault() {
    return !advice.isEmpty();
  }

  /** Whether it is what an operator wants: his order, or what he wrote into the number plan. */
  public boolean isOrdered() {
    return this == OPERATOR_HUNG_UP || this == OUTAGE || this == CLOSED || this == SHARE;
  }

  /** By its stable name; empty when there is none or a later version's. */
  public static Optional<Cause> of(@Nullable String code) {
    return Arrays.stream(values()).filter(cause -> cause.code().equals(code)).findFirst();
  }

  String sentence(Ending end, String agent) {
    return filled(sentence, end, agent);
  }

  String advice(Ending end, String agent, String setBy) {
    return filled(advice, end, agent).replace("{set_by}", setBy);
  }

  private static String filled(String text, Ending end, String agent) {
    return text.replace("{agent}", agent)
        .replace("{sip}", Integer.toString(end.sip()))
        .replace("{seconds}", Long.toString(Math.round(end.seconds())));
  }
}
