package io.voicegateway.console;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.voicegateway.doctor.Diagnosis;
import io.voicegateway.doctor.Diagnosis.Level;
import java.util.Map;
import java.util.Set;

/** A past call, and which of the doctor's lines bear on what became of it. */
final class CallDiagnosis {

  private static final Set<String> ROUTING = Set.of("routing", "SIP", "SIP host", "placed call");
  private static final Set<String> LIVEKIT = Set.of("LiveKit", "API key", "clock", "rooms", "SIP");
  private static final Set<String> AGENT = Set.of("agent", "LiveKit's webhooks");
  private static final Set<String> HOST = Set.of("SIP host", "placed call");
  private static final Set<String> JAMBONZ = Set.of("Jambonz", "application", "webhook secret");

  /** What a cause's lines are about; the others have none. */
  private static final Map<String, Set<String>> LINES =
      Map.ofEntries(
          entry("wrong_password", ROUTING),
          entry("no_password", ROUTING),
          entry("no_trunk", ROUTING),
          entry("ambiguous", ROUTING),
          entry("no_rule", ROUTING),
          entry("not_put_through", ROUTING),
          entry("media", ROUTING),
          entry("not_registered", LIVEKIT),
          entry("livekit_down", LIVEKIT),
          entry("sip_rejected", LIVEKIT),
          entry("room_missing", LIVEKIT),
          entry("no_worker", AGENT),
          entry("agent_missing", AGENT),
          entry("agent_silent", AGENT),
          entry("agent_late", AGENT),
          entry("agent_lost", AGENT),
          entry("no_agent", AGENT),
          entry("no_sip_answer", HOST),
          entry("not_running", HOST),
          entry("lost", JAMBONZ));

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
        "%s -> %s for agent %s is %s. %s"
            .formatted(text("from"), text("to"), text("agent"), text("state"), text("cause"))
            .strip(),
        advice);
  }

  private Level level(String advice) {
    if (text("state").equals("failed")) {
      return Level.PROBLEM;
    }
    return advice.isEmpty() ? Level.OK : Level.WARNING;
  }

  /** Whether a line tells something of this call; one on a fault always may. */
  boolean concerns(Diagnosis other) {
    return other.level() == Level.PROBLEM
        || LINES.getOrDefault(text("cause_code"), Set.of()).contains(other.check());
  }

  private String text(String field) {
    return call.path(field).asText("");
  }
}
