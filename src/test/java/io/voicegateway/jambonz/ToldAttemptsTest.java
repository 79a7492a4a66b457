package io.voicegateway.jambonz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which hooks of a real Jambonz tell that a caller reached nobody, or that his call is over. */
class ToldAttemptsTest {

  private static final String FAILED = "failed +15550002000 -> +15550001000";

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "failed-503/04-dial-actionHook,                        " + FAILED + " over",
    "failed-503-then-decline/05-dial-actionHook,           " + FAILED + " over",
    "failed-503-then-decline/06-call-status-A-failed,      over " + FAILED,
    "busy-486/05-dial-actionHook,                          " + FAILED + " over",
    "answers/decline-480-reason/03-call-status-A-failed,   over " + FAILED,
    "answered-callee-hangs-up/08-dial-actionHook,          over",
    "answered-caller-hangs-up/08-dial-actionHook,          over",
  })
  void whatIsToldOfARecordedHook(String scenario, String told) {
    assertThat(String.join(" ", told(recorded(scenario)))).isEqualTo(told);
  }

  @ParameterizedTest(name = "caller''s leg {0}, ended by {1}: {2}")
  @CsvSource({
    "no-answer,   caller,  over",
    "failed,      caller,  over",
    "failed,      jambonz, over " + FAILED,
    "busy,        '',      over " + FAILED,
    "completed,   caller,  over",
    "in-progress, '',      ''",
  })
  void whoeverHangsUpHimselfDidNotFail(String status, String by, String told) {
    assertThat(String.join(" ", told(leg(status, by)))).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource({"cancelled", "failed"})
  void aLegThatWasDialledIsNotTheCallersCall(String status) {
    String body = leg(status, "").replace("}", ", \"parent_call_sid\": \"b\"}");

    assertThat(told(body)).isEmpty();
  }

  private static String leg(String status, String by) {
    return """
        {"call_sid": "a", "from": "+15550002000", "to": "+15550001000", "direction": "inbound",
         "call_status": "%s", "sip_status": 480%s}"""
        .formatted(status, by.isEmpty() ? "" : ", \"call_termination_by\": \"" + by + "\"");
  }

  private static String recorded(String scenario) {
    return RecordedHook.posted().stream()
        .filter(hook -> hook.scenario().equals(scenario))
        .findFirst()
        .orElseThrow()
        .rawBody();
  }

  private static List<String> told(String body) {
    HeardAttempts attempts = new HeardAttempts();
    HookEvents events = new HookEvents(event -> {}, Calls.ringBacks(), attempts, Clock.systemUTC());
    CallHook hook =
        new HookReader().read(body.getBytes(StandardCharsets.UTF_8), "application/json");
    if (hook.kind() == HookKind.DIAL_ENDED) {
      events.dialEnded(hook, "room", Answer.NOTHING);
    } else {
      events.status(hook, null);
    }
    return attempts.told;
  }
}
