package io.voicegateway.call.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What several events say together that none of them says alone. */
class CallRecordTest {

  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
  private static final String SID = "a";

  private final List<CallEvent> heard = new ArrayList<>();

  @Test
  void aTalkThatLastedAsLongAsItMightWasEndedByItsLimit() {
    talk();
    heard.add(ended("completed", "in-progress", null, 62));

    assertThat(CallRecord.of(heard).causeCode()).isEqualTo("time_limit");
  }

  @Test
  void anAgentThatLeftItsCallerWasLost() {
    talk();
    room(RoomEvent.AGENT_HEARD, 3);
    room(RoomEvent.AGENT_LEFT, 10);
    heard.add(ended("completed", "completed", "caller", 20));

    assertThat(CallRecord.of(heard).causeCode()).isEqualTo("agent_lost");
    assertThat(CallRecord.of(heard).cause()).contains("voice-agent");
  }

  @Test
  void anAgentThatWasReplacedWasNotLost() {
    talk();
    room(RoomEvent.AGENT_LEFT, 10);
    room(RoomEvent.AGENT_HEARD, 14);
    heard.add(ended("completed", "completed", "caller", 20));

    assertThat(CallRecord.of(heard).causeCode()).isEqualTo("caller_hung_up");
  }

  @Test
  void anAgentThatLeavesWithItsCallerWasNotLost() {
    talk();
    room(RoomEvent.AGENT_LEFT, 20);
    heard.add(ended("completed", "completed", "caller", 20));

    assertThat(CallRecord.of(heard).causeCode()).isEqualTo("caller_hung_up");
  }

  @Test
  void whatALookFindsLaterBecomesTheCause() {
    received();
    heard.add(leg(true, "ringing", 1));
    heard.add(ended("no-answer", "trying", null, 20));
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
    heard.add(ended("no-answer", "trying", null, 20));
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
    assertThat(CallRecord.of(heard).masked().from()).isEqualTo("***000");
  }

  private void talk() {
    received();
    heard.add(leg(true, "in-progress", 2));
  }

  private void received() {
    heard.add(
        new CallEvent.Received(
            SID, START, "+15550002000", "+15550001000", "inbound", "voice-agent", 60));
    heard.add(new CallEvent.Answered(SID, START, "dial", true, 12));
  }

  private static CallEvent leg(boolean far, String status, int second) {
    return new CallEvent.Leg(
        SID, START.plusSeconds(second), far ? "b" : SID, far, status, 200, null, null);
  }

  private void room(RoomEvent what, int second) {
    heard.add(new CallEvent.InRoom(SID, START.plusSeconds(second), "EV_" + second, what, "x", ""));
  }

  private static CallEvent ended(String status, String caller, String by, int second) {
    int sip = status.equals("completed") ? 200 : 487;
    return new CallEvent.DialEnded(
        SID, START.plusSeconds(second), "b", status, sip, caller, by, "", false);
  }
}
