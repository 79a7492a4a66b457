package io.voicegateway.doctor;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.voicegateway.livekit.routing.Advice;
import io.voicegateway.livekit.routing.Verdict;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What LiveKit would do with an INVITE. Answered means that the routing accepts it; whether an
 * agent answers then is not routing. Dropped is the silent end: one 180, and not even a CANCEL is
 * answered.
 *
 * @param outcome answered, rejected or dropped
 * @param finalCode SIP code, null when dropped
 * @param cause why, a sentence
 * @param causeCode its stable name, which is not part of the JSON
 * @param advice what to do about it; for an answered call what is odd about it all the same
 */
public record Judgement(
    @JsonProperty("case") String name,
    String outcome,
    @JsonProperty("final_code") @Nullable Integer finalCode,
    @Nullable String reason,
    @JsonProperty("trunk_id") @Nullable String trunkId,
    @JsonProperty("rule_id") @Nullable String ruleId,
    @Nullable String room,
    String cause,
    @JsonIgnore String causeCode,
    String advice) {

  static Judgement of(RoutingCase one) {
    Verdict verdict = one.verdict();
    boolean dropped = verdict.outcome() == Verdict.Outcome.DROPPED;
    return new Judgement(
        one.name(),
        verdict.outcome().name().toLowerCase(Locale.ROOT),
        dropped ? null : Integer.valueOf(verdict.code()),
        dropped ? null : verdict.reason(),
        orNull(verdict.trunkId()),
        orNull(verdict.ruleId()),
        orNull(verdict.room()),
        verdict.explanation(),
        verdict.cause().code(),
        Stream.concat(Stream.of(Advice.on(verdict)), Remarks.on(one, verdict).stream())
            .filter(sentence -> !sentence.isEmpty())
            .collect(Collectors.joining(" ")));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
