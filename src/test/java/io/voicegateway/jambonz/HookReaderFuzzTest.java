package io.voicegateway.jambonz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.voicegateway.call.Call;

/** Whatever stands in a hook's body, it is understood or refused with a reason. */
class HookReaderFuzzTest {

  private final HookReader reader = new HookReader();

  @FuzzTest(maxDuration = "3m")
  void aBodyIsUnderstoodOrRefused(byte[] body) {
    HookAccount.named(body);
    CallHook hook;
    try {
      hook = reader.read(body, "application/json");
    } catch (UnreadableHook said) {
      assertThat(said.getMessage()).isNotBlank().doesNotContain("\n");
      return;
    }
    assertThat(Call.isSid(hook.callSid())).isTrue();
    assertThat(hook.kind()).isNotNull();
    hook.sipHeader("X-Authenticated-User");
    hook.isGoneWhileWaiting();
    hook.isAloneInConference();
    hook.isOfCallersSide();
    hook.getOverCallSid();
    hook.isAfterTalk();
  }
}
