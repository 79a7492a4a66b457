package io.voicegateway.record;

import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.Finding;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is heard of ordinary calls. */
final class Events {

  private Events() {}

  static String newSid() {
    return UUID.randomUUID().toString();
  }

  static CallEvent received(String sid, Instant at) {
    return new CallEvent.Received(
        sid, at, "+15550002000", "+15550001000", "inbound", "voice-agent", 14400);
  }

  /** A call that was answered and that the caller ended, a second for each event. */
  static List<CallEvent> talk(String sid, Instant start) {
    String far = sid + "-far";
    return List.of(
        received(sid, start),
        new CallEvent.Registered(sid, start.plusSeconds(1), 40),
        new CallEvent.Answered(sid, start.plusSeconds(2), "room", true, 50),
        new CallEvent.Leg(sid, start.plusSeconds(3), far, true, "ringing", 180, null, null),
        new CallEvent.Leg(sid, start.plusSeconds(4), far, true, "in-progress", 200, null, null),
        new CallEvent.DialEnded(
            sid,
            start.plusSeconds(5),
            "room",
            far,
            "completed",
            200,
            "in-progress",
            null,
            "",
            false),
        new CallEvent.Leg(sid, start.plusSeconds(6), sid, false, "completed", 200, "caller", 6));
  }

  /** A call that nobody answered, and last the look at LiveKit that finds out why. */
  static List<CallEvent> unanswered(String sid, Instant start) {
    String far = sid + "-far";
    return List.of(
        received(sid, start),
        new CallEvent.Registered(sid, start.plusSeconds(1), 40),
        new CallEvent.Answered(sid, start.plusSeconds(2), "room", true, 50),
        new CallEvent.Leg(sid, start.plusSeconds(3), far, true, "ringing", 180, null, null),
        new CallEvent.DialEnded(
            sid,
            start.plusSeconds(21),
            "room",
            far,
            "no-answer",
            480,
            "early-media",
            null,
            "",
            false),
        new CallEvent.Leg(sid, start.plusSeconds(22), sid, false, "failed", 480, "jambonz", 0),
        new CallEvent.Looked(sid, start.plusSeconds(23), Finding.NO_WORKER));
  }

  /** A call that LiveKit did not take and whose caller heard an announcement. */
  static List<CallEvent> failure(String sid, Instant start) {
    return List.of(
        received(sid, start),
        new CallEvent.NotRegistered(sid, start.plusMillis(1), "LiveKit CreateRoom: HTTP 503"),
        new CallEvent.Answered(sid, start.plusMillis(2), "notice", false, 2));
  }
}
