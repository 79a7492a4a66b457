package io.voicegateway.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.voicegateway.call.record.Cause;
import io.voicegateway.doctor.Diagnosis;
import io.voicegateway.doctor.Diagnosis.Level;
import java.util.Set;
import java.util.stream.Stream;

/** A past call, and which of the doctor's lines bear on what became of it. */
final class CallDiagnosis {

  private static final Set<String> ROUTING = Set.of("routing", "SIP", "SIP host", "placed call");
  private static final Set<String> LIVEKIT = Set.of("LiveKit", "API key", "clock", "rooms", "SIP");
  private static final Set<String> AGENT = Set.of("agent", "LiveKit's webhooks");
  private static final Set<String> HOST = Set.of("SIP host", "placed call");
  private static final Set<String> JAMBONZ =
      Set.of("Jambonz", "application", "webhook secret", "outbound trunk");

  private static final Set<String> EVENTS =
      Set.of(
          "Jambonz",
          "application",
          "webhook secret",
          "PUBLIC_URL",
          "call hooks",
          "LiveKit's webhooks",
          "gateway",
          "database");
  private static final Set<String> NOBODY = Set.of();

  private final JsonNode call;

  /**
   * @param call as the gateway's API shows it
   */
  CallDiagnosis(JsonNode call) {
    this.call = call;
  }

  /** What became of it. */
  Diagnosis line() {
    String advice = text("advice");
    return new Diagnosis(
        level(advice),
        "call " + text("call_sid"),
        "%s -> %s%s is %s. %s"
            .formatted(text("from"), text("to"), agent(), text("state"), cause())
            .strip(),
        advice);
  }

  private String agent() {
    return text("agent").isEmpty() ? "" : " for agent " + text("agent");
  }

  /** Of a call whose end nobody told: what was heard last, and that this accuses nobody. */
  private String cause() {
    if (!isLost()) {
      return text("cause");
    }
    JsonNode last = NullNode.getInstance();
    for (JsonNode event : call.path("timeline")) {
      last = event.path("event").asText().equals("lost") ? last : event;
    }
    return "%s %sIt may have gone well: its caller was not heard to be cut off."
        .formatted(
            text("cause"),
            last.isNull()
                ? ""
                : "The last that was heard of it is \"%s\" at %s. "
                    .formatted(last.path("event").asText(), last.path("at").asText()));
  }

  private boolean isLost() {
    return text("cause_code").equals(Cause.LOST.code());
  }

  private Level level(String advice) {
    if (text("state").equals("failed") && !isLost()) {
      return Level.PROBLEM;
    }
    return advice.isEmpty() ? Level.OK : Level.WARNING;
  }

  /** Whether a line tells something of this call; one on a fault always may. */
  boolean concerns(Diagnosis other) {
    return other.level() == Level.PROBLEM || lines().contains(other.check());
  }

  /** What is to be looked at for this call; nothing where nobody is at fault. */
  Set<String> lines() {
    return Stream.of(Cause.values())
        .filter(cause -> cause.code().equals(text("cause_code")))
        .findFirst()
        .map(CallDiagnosis::lines)
        .orElse(NOBODY);
  }

  /** What a cause's lines are about. */
  static Set<String> lines(Cause cause) {
    return switch (cause) {
      case WRONG_PASSWORD, NO_PASSWORD, NO_TRUNK, AMBIGUOUS, NO_RULE, NOT_PUT_THROUGH, MEDIA ->
          ROUTING;
      case NOT_REGISTERED, LIVEKIT_DOWN, SIP_REJECTED, ROOM_MISSING, NOT_PLACED, NO_RING_BACK ->
          LIVEKIT;
      case NO_WORKER, AGENT_MISSING, AGENT_SILENT, AGENT_LATE, AGENT_LOST, NO_AGENT -> AGENT;
      case NO_SIP_ANSWER, NOT_RUNNING, OTHER_SIP_ANSWER -> HOST;
      case JAMBONZ_LOGIN, JAMBONZ_NO_REALM, JAMBONZ_FORBIDDEN, JAMBONZ_REFUSED -> JAMBONZ;
      case NUMBER_UNKNOWN, PERSON_UNREACHABLE, TRANSFER_UNANSWERED -> JAMBONZ;
      case LOST, UNKNOWN -> EVENTS;
      case OUTAGE -> Set.of("outage switch");
      case CLOSED, SHARE, STORM, FULL, GATEWAY_FULL, TIME_LIMIT -> Set.of("settings");
      case OPERATOR_HUNG_UP,
          TRANSFERRED,
          CALLER_HUNG_UP,
          AGENT_HUNG_UP,
          CALLER_GAVE_UP,
          PERSON_HUNG_UP,
          PERSON_BUSY,
          PERSON_NO_ANSWER,
          PERSON_DECLINED ->
          NOBODY;
    };
  }

  private String text(String field) {
    return call.path(field).asText("");
  }
}
