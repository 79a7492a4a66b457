package io.voicegateway.call.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.voicegateway.call.TurnedAway.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

/** What the record says of a call that was not sent to an agent. */
class TurnedAwayCallTest {

  private static final String SID = "a";
  private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");
  private static final ObjectMapper JSON = Jackson2ObjectMapperBuilder.json().build();

  @ParameterizedTest
  @EnumSource
  void itsReasonIsItsCause(Reason reason) {
    CallRecord call = CallRecord.of(heard(reason, "notice", false));

    assertThat(call.state()).isEqualTo(CallState.FAILED);
    assertThat(call.causeCode()).isEqualTo(reason.code());
    assertThat(call.endedBy()).isEqualTo("gateway");
    assertThat(call.rungs()).containsExactly("notice");
    assertThat(call.timeline()).anyMatch(line -> line.event().equals("turned-away"));
  }

  @ParameterizedTest
  @EnumSource
  void itsReasonStaysItsCauseWhenAPersonTalksToTheCaller(Reason reason) {
    List<CallEvent> heard = new ArrayList<>(heard(reason, "dial:***999", true));
    heard.add(
        new CallEvent.Leg(SID, START.plusSeconds(1), "far", true, "in-progress", 200, null, null));
    heard.add(
        new CallEvent.DialEnded(
            SID,
            START.plusSeconds(9),
            "dial:***999",
            "far",
            "completed",
            200,
            "completed",
            "caller",
            "",
            false));

    CallRecord call = CallRecord.of(heard);

    assertThat(call.state()).isEqualTo(CallState.ENDED);
    assertThat(call.causeCode()).isEqualTo(reason.code());
    assertThat(call.endedBy()).isEqualTo("caller");
  }

  @ParameterizedTest
  @EnumSource
  void itsEventIsWrittenAndReadAgain(Reason reason) throws Exception {
    CallEvent event = new CallEvent.TurnedAway(SID, START, reason);

    String text = JSON.writeValueAsString(event);

    assertThat(text).contains("\"event\":\"turned-away\"", "\"reason\":\"" + reason.code() + "\"");
    assertThat(JSON.readValue(text, CallEvent.class)).isEqualTo(event);
  }

  private static List<CallEvent> heard(Reason reason, String rung, boolean dials) {
    return List.of(
        new CallEvent.TurnedAway(SID, START, reason),
        new CallEvent.Received(
            SID, START, "+15550002000", "+15550001000", "inbound", "voice-agent", 14400),
        new CallEvent.Answered(SID, START.plusMillis(3), rung, dials, 3));
  }
}
