package io.voicegateway.jambonz;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicegateway.call.RefusedPosts;
import io.voicegateway.project.TestProjects;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that a real Jambonz was seen to post is understood. */
class RecordedHooksTest {

  /** By the name under which it was recorded; where the body cannot tell, it is a status event. */
  private static final Map<String, HookKind> KINDS =
      Map.ofEntries(
          Map.entry("session:new", HookKind.NEW_CALL),
          Map.entry("session:new (second leg)", HookKind.NEW_CALL),
          Map.entry("dial actionHook", HookKind.DIAL_ENDED),
          Map.entry("dial actionHook (second dial)", HookKind.DIAL_ENDED),
          Map.entry("referHook", HookKind.TRANSFER),
          Map.entry("enqueue waitHook", HookKind.QUEUE),
          Map.entry("enqueue actionHook", HookKind.QUEUE),
          Map.entry("dequeue actionHook", HookKind.QUEUE),
          Map.entry("conference statusHook", HookKind.CONFERENCE),
          Map.entry("conference actionHook", HookKind.LEG_STATUS),
          Map.entry("redirect actionHook (waiting)", HookKind.LEG_STATUS),
          Map.entry("session:redirect", HookKind.LEG_STATUS),
          Map.entry("confirmHook", HookKind.CALLED_LEG_STATUS));

  static List<RecordedHook> hooks() {
    return RecordedHook.posted();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hooks")
  void itsSignatureIsGenuine(RecordedHook hook) {
    new HookSignature(
            TestProjects.signed("another secret", RecordedHook.SECRET),
            new JambonzSettings(List.of(), "", false),
            new RefusedPosts(clock(hook)),
            clock(hook))
        .verify(hook.bytes(), hook.signature());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hooks")
  void itIsRecognisedForWhatItIs(RecordedHook hook) {
    CallHook read = new HookReader().read(hook.bytes(), hook.contentType());

    HookKind expected =
        hook.hook().equals("call:status")
            ? read.parentCallSid() == null ? HookKind.LEG_STATUS : HookKind.CALLED_LEG_STATUS
            : KINDS.get(hook.hook());
    assertThat(read.kind()).isEqualTo(expected);
    assertThat(read.isNewCall()).isEqualTo(hook.isNewCall());
    assertThat(read.callSid()).isNotBlank();
  }

  private static Clock clock(RecordedHook hook) {
    return Clock.fixed(Instant.ofEpochSecond((long) hook.unix()), ZoneOffset.UTC);
  }
}
