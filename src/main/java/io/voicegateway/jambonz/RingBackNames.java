package io.voicegateway.jambonz;

import io.voicegateway.call.Call;
import io.voicegateway.call.Hmac;
import io.voicegateway.call.Ladder;
import io.voicegateway.project.SipSettings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Names ring-backs. Jambonz posts a hook again that was not answered, perhaps to another gateway:
 * the same hook gives the same name, so that both legs would show the same token and meet in the
 * same conference. A later hook of the call tells what ended before, so that its next ring-back has
 * another name. Without our key none can be guessed.
 */
@Component
final class RingBackNames {

  private static final int BYTES = 16;

  private final SecretKeySpec key;

  RingBackNames(SipSettings sip, JambonzSettings jambonz) {
    key = Seal.key(sip, jambonz, "ring-back name");
  }

  /**
   * 32 hex digits.
   *
   * @param after what ended before, empty for a new call
   */
  String of(Call call, String after, Ladder otherwise) {
    String hook = String.join("\n", call.sid(), after, otherwise.toString());
    byte[] code = Hmac.of(key, utf8(hook));
    return HexFormat.of().formatHex(Arrays.copyOf(code, BYTES));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
