package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.Call.Direction;
import io.voicegateway.call.Call.Origin;
import io.voicegateway.call.Ladder;
import io.voicegateway.call.NumberFormat;
import io.voicegateway.call.PlanEntry;
import io.voicegateway.call.PlanOverrides;
import io.voicegateway.project.SipSettings;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Calls for tests. */
final class Calls {

  static final String SID = "11111111-1111-4111-8111-111111111111";

  private Calls() {}

  static Call from(String caller) {
    return call(caller, Ladder.DEFAULT.toString(), Direction.INBOUND);
  }

  static Call withLadder(String ladder) {
    return call("+15550002000", ladder, Direction.INBOUND);
  }

  static Call outbound() {
    return call("+15550002000", Ladder.DEFAULT.toString(), Direction.OUTBOUND);
  }

  /** Ring-backs of which nobody was told anything. */
  static RingBacks ringBacks() {
    return ringBacks(Clock.systemUTC());
  }

  static RingBacks ringBacks(Clock clock) {
    RingBackNames names =
        new RingBackNames(
            new SipSettings("sip.example.test", "gw", "secret", "tcp"),
            new JambonzSettings(List.of(), "", false));
    return new RingBacks(names, sid -> false, clock);
  }

  private static Call call(String caller, String ladder, Direction direction) {
    PlanEntry plan =
        PlanOverrides.apply(
            PlanEntry.standard("voice-agent"), Map.of("fallback", ladder), problem -> {});
    Origin origin = new Origin("", "carrier", null, null, Map.of(), Map.of());
    return new Call(
        SID,
        direction,
        NumberFormat.party(caller, null),
        NumberFormat.party("+15550001000", null),
        plan,
        origin);
  }
}
