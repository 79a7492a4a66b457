package io.voicegateway.doctor;

import static java.util.Map.entry;

import io.voicegateway.livekit.routing.Cause;
import io.voicegateway.livekit.routing.Verdict;
import java.util.Map;

/** What mends each way in which LiveKit's routing can end. */
final class RoutingAdvice {

  private static final Map<Cause, String> ADVICE =
      Map.ofEntries(
          entry(Cause.ACCEPTED, ""),
          entry(
              Cause.ASKS_FOR_PIN,
              "Scope the PIN rule to its own trunk (trunk_ids) or numbers, so that it does not take"
                  + " the gateway's calls."),
          entry(Cause.SOURCE_UNREADABLE, "Name the caller's IP address as source."),
          entry(
              Cause.SEVERAL_TRUNKS,
              "Keep one of these trunks for this call: delete the others, or give them numbers or"
                  + " allowed_numbers that do not overlap."),
          entry(
              Cause.CREDENTIALS_MISSING,
              "Send the trunk's user and password: LIVEKIT_SIP_USERNAME and LIVEKIT_SIP_PASSWORD;"
                  + " Jambonz's dial carries them as auth."),
          entry(
              Cause.CREDENTIALS_IN_WRONG_HEADER,
              "Answer the 407 with Proxy-Authorization, as Jambonz does."),
          entry(
              Cause.CREDENTIALS_WRONG,
              "Set LIVEKIT_SIP_USERNAME and LIVEKIT_SIP_PASSWORD to those of the trunk, or let"
                  + " ./gateway setup --apply give the trunk those of the settings."),
          entry(
              Cause.NO_RULE,
              "Make or widen the dispatch rule: ./gateway setup --apply makes the gateway's own."),
          entry(
              Cause.RULES_CONFLICT,
              "Delete one of the two rules, or scope it by trunk_ids or numbers."),
          entry(Cause.RULE_UNREADABLE, "Delete that rule and make it anew."),
          entry(
              Cause.NO_CALLER_TO_MASK,
              "Turn off hide_phone_number of the rule, or let the call have a caller."),
          entry(
              Cause.NO_COMMON_CODEC,
              "Let the caller offer PCMU, PCMA or G722; a gateway's dial needs no codec setting."),
          entry(
              Cause.SRTP_REQUIRED,
              "Set media_encryption of trunk and rule to allow, or let the caller offer SRTP."),
          entry(
              Cause.NO_ROOM_NAME,
              "Dial a user: sip:call-…@host; the rule makes the room's name of it."));

  private RoutingAdvice() {}

  /**
   * A sentence; empty when there is nothing to do. Where a trunk does not allow the call, a wider
   * rule would let it in, and the whole world with it.
   */
  static String of(Verdict verdict) {
    if (verdict.cause() == Cause.NO_RULE) {
      if (verdict.explanation().contains("(allowed_addresses)")) {
        return "Add the caller's address to the trunk's allowed_addresses; ./gateway setup --allow"
            + " ADDRESS… --apply sets those of the gateway's own trunk.";
      }
      if (verdict.explanation().contains("(allowed_numbers)")) {
        return "Add the caller's number to the trunk's allowed_numbers, or empty that list.";
      }
    }
    return ADVICE.getOrDefault(verdict.cause(), "");
  }
}
