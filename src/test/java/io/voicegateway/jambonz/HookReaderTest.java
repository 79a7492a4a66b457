package io.voicegateway.jambonz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HookReaderTest {

  private static final String JSON = "application/json";

  private final HookReader reader = new HookReader();

  @Test
  void readsAHandWrittenHookWithNoMoreThanAnIdAndTwoNumbers() {
    CallHook hook =
        read("{\"call_sid\":\"abc-1\",\"from\":\"+15550002000\",\"to\":\"+15550001000\"}");

    assertThat(hook.isNewCall()).isTrue();
    assertThat(hook.from()).isEqualTo("+15550002000");
  }

  @Test
  void takesNumbersThatCameAsJsonNumbersAndNulls() {
    CallHook hook = read("{\"call_sid\":\"a\",\"from\":15550002000,\"to\":null,\"sip\":{}}");

    assertThat(hook.from()).isEqualTo("15550002000");
    assertThat(hook.to()).isNull();
  }

  @Test
  void aValueOfAnUnexpectedTypeCountsAsNotSent() {
    CallHook hook =
        read(
            "{\"call_sid\":\"a\",\"from\":{},\"to\":\"7\",\"sip_status\":\"?\",\"env_vars\":\"x\"}");

    assertThat(hook.from()).isNull();
    assertThat(hook.to()).isEqualTo("7");
    assertThat(hook.environment()).isEmpty();
  }

  @Test
  void theLastOfADoubledKeyCountsAsInJambonz() {
    assertThat(read("{\"call_sid\":\"a\",\"to\":\"1\",\"to\":\"2\"}").to()).isEqualTo("2");
  }

  @Test
  void saysWhyItCannotReadAHook() {
    refuses("", "empty");
    refuses("{}", "call_sid is missing");
    refuses("[]", "no JSON object");
    refuses("null", "no JSON object");
    refuses("{\"call_sid\":\"a\"} trailing", "not a hook");
    refuses("{\"call_sid\":\"a\",\"x\":" + "[".repeat(2000) + "]".repeat(2000) + "}", "not a hook");
    refuses("{\"call_sid\":\"" + "a".repeat(2000) + "\"}", "call_sid cannot be an id");
    refuses("{\"call_sid\":\"../../etc/passwd\"}", "call_sid cannot be an id");
    refuses("{\"call_sid\":\"a\\r\\nX: y\"}", "call_sid cannot be an id");
    refuses("{\"call_sid\":\"a\"," + "\"x\":\"" + "y".repeat(300 * 1024) + "\"}", "256 KiB");
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    byte[] body = "{\"call_sid\":\"a\",\"from\":\"_\"}".getBytes(StandardCharsets.UTF_8);
    body[25] = (byte) 0xff;

    assertThatThrownBy(() -> reader.read(body, JSON)).isInstanceOf(UnreadableHook.class);
  }

  @Test
  void refusesAnotherContentType() {
    byte[] body = "{\"call_sid\":\"a\"}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> reader.read(body, "text/plain")).hasMessageContaining("Content-Type");
    assertThatThrownBy(() -> reader.read(body, null)).hasMessageContaining("Content-Type");
    assertThat(reader.read(body, "application/json;charset=UTF-8").callSid()).isEqualTo("a");
  }

  @Property
  void noBytesBreakIt(@ForAll byte[] body) {
    try {
      assertThat(reader.read(body, JSON).callSid()).isNotBlank();
    } catch (UnreadableHook said) {
      assertThat(said).hasMessageNotContaining("\n");
    }
  }

  private CallHook read(String body) {
    return reader.read(body.getBytes(StandardCharsets.UTF_8), JSON);
  }

  private void refuses(String body, String reason) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOf(UnreadableHook.class)
        .hasMessageContaining(reason);
  }
}
