package io.voicegateway.livekit.routing;

import static java.util.Map.entry;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What mends each way in which LiveKit's routing can end. */
public final class Advice {

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
                  + " ./gateway setup --apply give the gateway's own trunk those of the settings."),
          entry(
              Cause.RULES_CONFLICT,
              "Delete one of the two rules, or scope it by trunk_ids or numbers."),
          entry(Cause.RULE_UNREADABLE, "Delete that rule and make it anew."),
          entry(
              Cause.NO_CALLER_TO_MASK,
              "Turn off hide_phone_number of the rule, or let the call have a caller."),
          entry(
              Cause.NO_COMMON_CODEC,
              "Let the caller offer a codec that LiveKit takes; a gateway's dial needs no codec"
                  + " setting, a trunk's or rule's media may leave some out."),
          entry(
              Cause.SRTP_REQUIRED,
              "Set media_encryption of trunk and rule to allow, or let the caller offer SRTP."),
          entry(
              Cause.MEDIA_UNUSABLE,
              "List codecs that LiveKit knows in media of trunk and rule (PCMU, PCMA, G722), or take"
                  + " only_listed_codecs away."),
          entry(
              Cause.NO_ROOM_NAME,
              "Dial a user: sip:call-…@host; the rule makes the room's name of it."));

  /** What people do when a call does not fit a trunk, and what lets the world in. */
  private static final String NOT_THIS_WAY =
      " Do not take the trunk_ids from a rule for that: it would let in whoever reaches the SIP"
          + " port, without a password.";

  private Advice() {}

  /** A sentence or two; empty when there is nothing to do. */
  public static String on(Verdict verdict) {
    return on(verdict, Set.of());
  }

  /**
   * The same.
   *
   * @param foreign trunks that are not to be changed for this call
   */
  public static String on(Verdict verdict, Set<String> foreign) {
    return switch (verdict.cause()) {
      case NO_TRUNK ->
          misfit(verdict, foreign).orElse("./gateway setup --apply makes the gateway's own.");
      case NO_RULE ->
          misfit(verdict, foreign)
              .orElse("Make a dispatch rule: ./gateway setup --apply makes the gateway's own.");
      default -> ADVICE.getOrDefault(verdict.cause(), "");
    };
  }

  private static Optional<String> misfit(Verdict verdict, Set<String> foreign) {
    boolean onTrunk = !verdict.trunkId().isEmpty();
    return verdict.misfits().stream()
        .filter(misfit -> !foreign.contains(misfit.id()))
        .filter(misfit -> onTrunk ? misfit.kind().isOfRule() : countsOnNoTrunk(misfit.kind()))
        .min(Comparator.comparingInt(Advice::rank))
        .map(misfit -> sentence(misfit, verdict.trunkId()));
  }

  /** What is mended first: a trunk before a rule, and what was nearly right before the rest. */
  private static int rank(Misfit misfit) {
    boolean near = !misfit.near().isEmpty();
    return switch (misfit.kind()) {
      case TRUNK_ADDRESS -> 1;
      case TRUNK_CALLER -> near ? 0 : 2;
      case TRUNK_NUMBER -> near ? 0 : 4;
      case RULE_NUMBER -> near ? 3 : 5;
      case RULE_CALLER -> near ? 3 : 6;
      case RULE_TRUNK -> 7;
      case OUTRANKED -> 8;
    };
  }

  /** There is no trunk then that a rule could be given. */
  private static boolean countsOnNoTrunk(Misfit.Kind kind) {
    return kind != Misfit.Kind.RULE_TRUNK && kind != Misfit.Kind.OUTRANKED;
  }

  private static String sentence(Misfit misfit, String trunkId) {
    String id = misfit.id();
    if (!misfit.near().isEmpty()) {
      return nearly(misfit);
    }
    return switch (misfit.kind()) {
      case TRUNK_ADDRESS ->
          "If this source may call, put it into allowed_addresses of trunk %s; ./gateway setup --allow with all addresses does so for the gateway's own."
                  .formatted(id)
              + NOT_THIS_WAY;
      case TRUNK_CALLER ->
          "If this caller may call, put it into allowed_numbers of trunk %s, or empty that list where the trunk has a password."
                  .formatted(id)
              + NOT_THIS_WAY;
      case TRUNK_NUMBER ->
          "No trunk takes it: ./gateway setup --apply makes the gateway's own, without numbers and"
              + " with a login, and a rule for it.";
      case RULE_NUMBER ->
          "Put the called user into numbers of rule %s, letter by letter as it comes, or empty that list."
              .formatted(id);
      case RULE_CALLER ->
          "Put the caller into inbound_numbers of rule %s, letter by letter as it comes, or empty that list."
              .formatted(id);
      case RULE_TRUNK ->
          "Put trunk %s into trunk_ids of rule %s if that rule is meant for it; ./gateway setup --apply makes the gateway's own rule."
              .formatted(trunkId, id);
      case OUTRANKED -> "";
    };
  }

  private static String nearly(Misfit misfit) {
    return misfit.kind().isOfRule()
        ? "At rule %s %s; LiveKit compares a rule's numbers letter by letter. List it there as it comes, too."
            .formatted(misfit.id(), misfit.near())
        : "At trunk %s %s; LiveKit compares a trunk's numbers without blanks, dashes and brackets, and does not take 00 for +. List it there as it comes, too."
            .formatted(misfit.id(), misfit.near());
  }
}
