package io.voicegateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voicegateway.call.record.Cause;
import io.voicegateway.doctor.Diagnosis;
import io.voicegateway.doctor.Diagnosis.Level;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the doctor says of one past call, and which other lines he shows with it. */
class CallDiagnosisTest {

  @Test
  void aCallThatFailedIsAProblemWithItsAdvice() {
    Diagnosis line = new CallDiagnosis(call("wrong_password", "Set the password.")).line();

    assertThat(line.level()).isEqualTo(Level.PROBLEM);
    assertThat(line.words())
        .isEqualTo("***000 -> ***671 for agent sales is failed. It was wrong_password.");
    assertThat(line.advice()).isEqualTo("Set the password.");
  }

  @Test
  void aCallIsAsItEnded() {
    ObjectNode good = call("caller_hung_up", "").put("state", "ended");
    ObjectNode lost = call("agent_lost", "Look into the log.").put("state", "ended");

    assertThat(new CallDiagnosis(good).line().level()).isEqualTo(Level.OK);
    assertThat(new CallDiagnosis(lost).line().level()).isEqualTo(Level.WARNING);
    assertThat(new CallDiagnosis(call("other_sip_answer", "")).line().level())
        .isEqualTo(Level.PROBLEM);
  }

  @Test
  void aCallWhoseEndNobodyToldIsExplainedAndNoFailure() {
    for (String state : List.of("ended", "failed")) {
      ObjectNode lost = call("lost", "Set the webhook.").put("state", state);
      lost.withArray("timeline")
          .add(moment("answered", "2026-11-30T12:00:01Z"))
          .add(moment("lost", "2026-11-30T16:00:00Z"));

      Diagnosis line = new CallDiagnosis(lost).line();

      assertThat(line.level()).isEqualTo(Level.WARNING);
      assertThat(line.words())
          .contains("It was lost. The last that was heard of it is \"answered\" at 2026-11-30T12")
          .endsWith("It may have gone well: its caller was not heard to be cut off.");
      assertThat(line.advice()).isEqualTo("Set the webhook.");
    }
  }

  private static ObjectNode moment(String event, String at) {
    return new ObjectMapper().createObjectNode().put("event", event).put("at", at);
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource({
    "wrong_password, routing,     true",
    "wrong_password, agent,       false",
    "no_worker,      agent,       true",
    "no_worker,      routing,     false",
    "not_registered, API key,     true",
    "no_sip_answer,  SIP host,    true",
    "lost,           application, true",
    "lost,           call hooks,  true",
    "jambonz_login,  Jambonz,     true",
    "no_ring_back,   LiveKit,     true",
    "outage,         outage switch, true",
    "of_the_future,  routing,     false",
    "caller_hung_up, routing,     false",
  })
  void onlyLinesThatBearOnTheCauseAreShown(String cause, String check, boolean shown) {
    CallDiagnosis call = new CallDiagnosis(call(cause, ""));

    assertThat(call.concerns(Diagnosis.ok(check, "is fine"))).isEqualTo(shown);
    assertThat(call.concerns(Diagnosis.problem(check, "is not", "Mend it."))).isTrue();
  }

  @Test
  void onlyCausesThatNameNoFaultHaveNoLines() {
    assertThat(Cause.values())
        .filteredOn(cause -> CallDiagnosis.lines(cause).isEmpty())
        .extracting(Cause::code)
        .allMatch(code -> code.matches("transferred|.*hung_up|.*gave_up|person_.*"));
  }

  private static ObjectNode call(String cause, String advice) {
    return new ObjectMapper()
        .createObjectNode()
        .put("call_sid", "abc")
        .put("from", "***000")
        .put("to", "***671")
        .put("agent", "sales")
        .put("state", cause.equals("caller_hung_up") ? "ended" : "failed")
        .put("cause", "It was " + cause + ".")
        .put("cause_code", cause)
        .put("advice", advice);
  }
}
