package io.voicegateway.call.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;

/** How a call's record grows, and what of it is kept. */
class CallRecordTest {

  private static final Instant START = Story.START;
  private static final String SID = Story.SID;

  private final List<CallEvent> heard = new ArrayList<>();

  @Test
  void whatALookFindsLaterBecomesTheCause() {
    received();
    heard.add(leg(true, "ringing", 1));
    heard.add(notAnswered(20));
    assertThat(CallRecord.of(heard).causeCode()).isEqualTo("no_agent");

    heard.add(new CallEvent.Looked(SID, START.plusSeconds(21), Finding.NO_WORKER));
    CallRecord call = CallRecord.of(heard);

    assertThat(call.causeCode()).isEqualTo("no_worker");
    assertThat(call.state()).isEqualTo(CallState.FAILED);
    assertThat(call.endedAt()).isEqualTo(START.plusSeconds(20));
    assertThat(call.durations().ringMs()).isEqualTo(19_000);
  }

  @Test
  void ofSeveralLooksTheOneThatSawMostCounts() {
    received();
    heard.add(leg(true, "ringing", 1));
    heard.add(new CallEvent.Looked(SID, START.plusSeconds(3), Finding.AGENT_MISSING));
    heard.add(notAnswered(20));
    heard.add(new CallEvent.Looked(SID, START.plusSeconds(21), Finding.NO_WORKER));

    assertThat(CallRecord.of(heard).causeCode()).isEqualTo("agent_missing");
  }

  @Test
  void aCallThatGoesOnHasNoCauseYet() {
    received();
    assertThat(CallRecord.of(heard).state()).isEqualTo(CallState.DIALLING);
    heard.add(leg(true, "ringing", 1));
    assertThat(CallRecord.of(heard).state()).isEqualTo(CallState.RINGING);
    heard.add(leg(true, "in-progress", 2));
    assertThat(CallRecord.of(heard).state()).isEqualTo(CallState.TALKING);
    assertThat(CallRecord.of(heard).cause()).isNull();
    assertThat(CallRecord.of(heard).endedBy()).isNull();
    assertThat(CallRecord.of(heard).masked().from()).isEqualTo("***000");
  }

  @ParameterizedTest
  @ValueSource(ints = {-600, 600})
  void aClockThatJumpsInTheMiddleOfACallMakesNoTimeNegative(int seconds) {
    for (int jump = 0; jump < 4; jump++) {
      heard.clear();
      received();
      heard.add(leg(true, "ringing", 1 + (jump < 1 ? seconds : 0)));
      heard.add(leg(true, "in-progress", 2 + (jump < 2 ? seconds : 0)));
      heard.add(leg(false, "in-progress", 2 + (jump < 3 ? seconds : 0)));
      heard.add(leg(false, "completed", 30 + seconds));
      CallRecord call = CallRecord.of(heard);

      assertThat(call.state()).isEqualTo(CallState.ENDED);
      assertThat(call.durations().ringMs()).isNotNegative();
      assertThat(call.durations().talkMs()).isNotNegative();
      assertThat(call.timeline()).allSatisfy(moment -> assertThat(moment.ms()).isNotNegative());
    }
  }

  @Test
  void aTalkIsUnderWayWhenOnlyTheCallersLegTellsIt() {
    received();
    heard.add(leg(true, "ringing", 1));
    heard.add(leg(false, "in-progress", 2));

    assertThat(CallRecord.of(heard).state()).isEqualTo(CallState.TALKING);
  }

  @Test
  void anAgentThatLeftIsNamed() {
    received();
    heard.add(agent(RoomEvent.AGENT_HEARD, 1));
    heard.add(leg(true, "in-progress", 2));
    heard.add(agent(RoomEvent.AGENT_LEFT, 10));
    heard.add(leg(false, "completed", 20));

    assertThat(CallRecord.of(heard).cause())
        .isEqualTo("Agent voice-agent left in mid-call; the caller was alone.");
  }

  @Test
  void aCallThatComesBackToAProjectIsThereAndARegistrationThatIsHeardTwiceCountsOnce() {
    heard.add(receivedIn("a"));
    heard.add(new CallEvent.Registered(SID, START, 5, "a"));
    heard.add(new CallEvent.Registered(SID, START.plusSeconds(2), 5, "b"));
    heard.add(new CallEvent.Registered(SID, START.plusSeconds(4), 5, "a"));
    heard.add(new CallEvent.Registered(SID, START.plusSeconds(4), 5, "a"));

    CallRecord call = CallRecord.of(heard);

    assertThat(call.project()).isEqualTo("a");
    assertThat(call.timeline()).hasSize(4);
  }

  @Test
  void theEndOfARoomThatACallHasLeftIsNotTheCallsEndAndStandsInItsTimeline() {
    heard.add(receivedIn("a"));
    heard.add(new CallEvent.Answered(SID, START, "project:b", true, 12));
    heard.add(new CallEvent.Registered(SID, START.plusSeconds(1), 5, "b"));
    heard.add(inRoom(RoomEvent.PHONE_LEFT, "a", 2));
    heard.add(inRoom(RoomEvent.ROOM_ENDED, "a", 3));

    CallRecord call = CallRecord.of(heard);

    assertThat(call.state()).isEqualTo(CallState.DIALLING);
    assertThat(call.timeline())
        .extracting(CallRecord.Moment::detail)
        .contains("the room ended, project a");
    heard.add(inRoom(RoomEvent.PHONE_LEFT, "b", 4));
    heard.add(inRoom(RoomEvent.ROOM_ENDED, "b", 5));
    assertThat(CallRecord.of(heard).state()).isEqualTo(CallState.FAILED);
  }

  @Test
  void anAgentOfARoomThatACallHasLeftDidNotLeaveTheCaller() {
    heard.add(receivedIn("a"));
    heard.add(new CallEvent.Answered(SID, START, "room", true, 12));
    heard.add(inRoom(RoomEvent.AGENT_HEARD, "a", 1));
    heard.add(dialled("room", "b1", "failed", 503, "project:b", 2));
    heard.add(new CallEvent.Registered(SID, START.plusSeconds(3), 5, "b"));
    heard.add(inRoom(RoomEvent.AGENT_HEARD, "b", 4));
    heard.add(
        new CallEvent.Leg(SID, START.plusSeconds(5), "b2", true, "in-progress", 200, null, null));
    heard.add(inRoom(RoomEvent.AGENT_HEARD, "a", 6));
    heard.add(inRoom(RoomEvent.PHONE_LEFT, "a", 7));
    heard.add(inRoom(RoomEvent.AGENT_LEFT, "b", 10));
    heard.add(leg(false, "completed", 20));
    heard.add(dialled("project:b", "b2", "completed", 200, "", 20));

    assertThat(CallRecord.of(heard).causeCode()).isEqualTo("agent_lost");
  }

  @Test
  void theCauseOfAFailedDialIsWhatItsOwnProjectTold() {
    heard.add(receivedIn("a"));
    heard.add(new CallEvent.Answered(SID, START, "room", true, 12));
    heard.add(inRoom(RoomEvent.PHONE_JOINED, "a", 1));
    heard.add(dialled("room", "b1", "no-answer", 487, "project:b", 20));
    heard.add(new CallEvent.Looked(SID, START.plusSeconds(20), Finding.AGENT_READY));
    heard.add(new CallEvent.Registered(SID, START.plusSeconds(21), 5, "b"));
    heard.add(inRoom(RoomEvent.AGENT_JOINED, "b", 22));
    heard.add(dialled("project:b", "b2", "no-answer", 487, "", 40));

    assertThat(CallRecord.of(heard).causeCode()).isEqualTo("agent_late");
  }

  /** In 30 days a database holds what several versions wrote. */
  @Test
  void eventsOfAnEarlierVersionAreUnderstood() throws Exception {
    ObjectMapper json = Jackson2ObjectMapperBuilder.json().build();
    for (String event :
        List.of(
            """
            {"event": "answered", "callSid": "a", "at": "2026-11-23T12:00:00Z", "rung": "dial",
             "dials": true, "millis": 12}""",
            """
            {"event": "dial-ended", "callSid": "a", "at": "2026-11-23T12:00:00.080Z", "dialSid": "b",
             "status": "failed", "sip": 401, "callerStatus": "trying", "by": null, "next": "dial",
             "dials": true}""",
            """
            {"event": "leg", "callSid": "a", "at": "2026-11-23T12:00:05Z", "sid": "p", "far": true,
             "status": "in-progress", "sip": 200, "by": null, "seconds": null}""",
            """
            {"event": "dial-ended", "callSid": "a", "at": "2026-11-23T12:00:25Z", "dialSid": "p",
             "status": "completed", "sip": 200, "callerStatus": "in-progress", "by": null,
             "next": "", "dials": false}""")) {
      heard.add(json.readValue(event, CallEvent.class));
    }

    CallRecord call = CallRecord.of(heard);

    assertThat(call.state()).isEqualTo(CallState.ENDED);
    assertThat(call.causeCode()).isEqualTo("wrong_password");
    assertThat(call.endedBy()).isEqualTo("person");
    assertThat(call.durations().talkMs()).isEqualTo(20_000);
    assertThat(call.rungs()).startsWith("room", "dial");
  }

  private static CallEvent receivedIn(String project) {
    return new CallEvent.Received(
        SID,
        START,
        "+15550002000",
        "+15550001000",
        "inbound",
        "voice-agent",
        60,
        project,
        null,
        null);
  }

  private static CallEvent inRoom(RoomEvent what, String project, int second) {
    return new CallEvent.InRoom(
        SID, START.plusSeconds(second), "EV_" + second, what, "agent-" + project, "", project);
  }

  private static CallEvent dialled(
      String rung, String leg, String status, int sip, String next, int second) {
    return new CallEvent.DialEnded(
        SID,
        START.plusSeconds(second),
        rung,
        leg,
        status,
        sip,
        next.isEmpty() ? "completed" : "trying",
        null,
        next,
        !next.isEmpty());
  }

  private void received() {
    heard.add(
        new CallEvent.Received(
            SID, START, "+15550002000", "+15550001000", "inbound", "voice-agent", 60));
    heard.add(new CallEvent.Answered(SID, START, "room", true, 12));
  }

  private static CallEvent leg(boolean far, String status, int second) {
    return new CallEvent.Leg(
        SID, START.plusSeconds(second), far ? "b" : SID, far, status, 200, null, null);
  }

  private static CallEvent agent(RoomEvent what, int second) {
    return new CallEvent.InRoom(SID, START.plusSeconds(second), "EV_" + second, what, "x", "");
  }

  private static CallEvent notAnswered(int second) {
    return new CallEvent.DialEnded(
        SID, START.plusSeconds(second), "room", "b", "no-answer", 487, "trying", null, "", false);
  }
}
