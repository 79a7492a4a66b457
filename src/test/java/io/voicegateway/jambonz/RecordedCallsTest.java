package io.voicegateway.jambonz;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.call.Ladder;
import io.voicegateway.call.Rung;
import io.voicegateway.call.record.CallEvent;
import io.voicegateway.call.record.CallRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * What a real Jambonz told of its calls ends in the right state with the right cause: in order,
 * backwards, doubled, and with any one event missing. Where the missing one was the only end, the
 * sweep tells of it.
 */
class RecordedCallsTest {

  private static final Map<String, List<RecordedHook>> CALLS =
      RecordedHook.posted().stream()
          .filter(hook -> hook.scenario().contains("/"))
          .collect(groupingBy(RecordedCallsTest::name, LinkedHashMap::new, toList()));

  private static final Answer PERSON =
      DialVerbsTest.dials("")
          .toPerson(Calls.from("+15550002000"), new Rung.DialPerson("+15550003671"), Ladder.EMPTY);

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = {
        "/jambonz/endings.csv",
        "/jambonz/endings-without-dial.csv",
        "/jambonz/endings-with-transfer.csv",
        "/jambonz/endings-with-other-transfer.csv"
      })
  void isUnderstoodInEveryOrder(String name, String ending) {
    List<RecordedHook> hooks = CALLS.get(name);
    List<CallEvent> heard = heard(hooks, false);

    assertThat(ending(heard)).as("in order").isEqualTo(ending);
    assertThat(ending(heard(hooks, true))).as("backwards").isEqualTo(ending);
    assertThat(ending(doubled(heard))).as("doubled").isEqualTo(ending);
    for (int i = 0; i < heard.size(); i++) {
      List<CallEvent> rest = new ArrayList<>(heard);
      CallEvent missing = rest.remove(i);
      assertThat(ending(rest)).as("without " + missing.words()).isEqualTo(ending);
    }
  }

  private static String name(RecordedHook hook) {
    return hook.scenario().substring(0, hook.scenario().lastIndexOf('/'));
  }

  /**
   * Everything that the gateway tells of a call, as the hooks come in.
   *
   * @param backwards whether the last hook comes first
   */
  private static List<CallEvent> heard(List<RecordedHook> hooks, boolean backwards) {
    double end = hooks.get(hooks.size() - 1).unix();
    List<RecordedHook> dials = hooks.stream().filter(RecordedHook::isDialEnd).toList();
    List<CallEvent> heard = new ArrayList<>();
    for (RecordedHook recorded : hooks) {
      double unix = backwards ? end + (end - recorded.unix()) : recorded.unix();
      Instant at = Instant.ofEpochMilli((long) (unix * 1000));
      HookEvents events =
          new HookEvents(
              heard::add, Calls.ringBacks(), new HeardAttempts(), Clock.fixed(at, ZoneOffset.UTC));
      CallHook hook = new HookReader().read(recorded.bytes(), "application/json");
      if (hook.kind() == HookKind.DIAL_ENDED) {
        int dial = dials.indexOf(recorded);
        boolean more = dial < dials.size() - 1;
        events.dialEnded(hook, dial == 0 ? "room" : person(hooks), afterDial(hook, more));
      } else if (hook.kind() == HookKind.NEW_CALL) {
        heard.addAll(answered(hook.callSid(), at, isDialled(hooks)));
      } else if (hook.kind() == HookKind.TRANSFER) {
        heard.addAll(handedOn(hook, at, dials.size() > 1));
      } else {
        events.status(hook, null);
      }
    }
    return heard;
  }

  private static String person(List<RecordedHook> hooks) {
    boolean transfer = hooks.stream().anyMatch(hook -> hook.hook().equals("referHook"));
    return transfer ? "transfer:***000" : PERSON.rung();
  }

  private static List<CallEvent> handedOn(CallHook refer, Instant at, boolean allowed) {
    String sid = refer.parentCallSid();
    return List.of(
        allowed
            ? new CallEvent.TransferBegun(sid, at, "transfer:***000", "REFER", refer.callSid())
            : new CallEvent.TransferRefused(sid, at, "***000", "It is not allowed."));
  }

  private static Answer afterDial(CallHook hook, boolean more) {
    if (!hook.isWaitingAfterDial()) {
      return Answer.NOTHING;
    }
    return more
        ? PERSON
        : new Answer("decline:480", List.of(new Verb.Decline(480), new Verb.Hangup()));
  }

  private static boolean isDialled(List<RecordedHook> hooks) {
    return hooks.stream().anyMatch(hook -> hook.rawBody().contains("parent_call_sid"));
  }

  private static List<CallEvent> answered(String sid, Instant at, boolean dialled) {
    return List.of(
        new CallEvent.Received(
            sid, at, "+15550002000", "+15550001000", "inbound", "voice-agent", 14400),
        dialled
            ? new CallEvent.Registered(sid, at, 10)
            : new CallEvent.NotRegistered(sid, at, "LiveKit CreateRoom: HTTP 503"),
        new CallEvent.Answered(sid, at, dialled ? "room" : "notice", dialled, 12));
  }

  private static String ending(List<CallEvent> heard) {
    CallRecord record = CallRecord.of(heard);
    if (!record.state().isOver()) {
      List<CallEvent> swept = new ArrayList<>(heard);
      swept.add(new CallEvent.Lost(record.callSid(), record.startedAt().plus(Duration.ofHours(5))));
      record = CallRecord.of(swept);
    }
    return record.state().word() + " " + record.causeCode();
  }

  private static List<CallEvent> doubled(List<CallEvent> heard) {
    return Stream.concat(heard.stream(), heard.stream()).toList();
  }
}
